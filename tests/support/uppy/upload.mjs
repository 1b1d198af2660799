// Uppy's own client, which takes a function for its Companion: uploads one file and prints what it says of it.
//
// Run by `node --input-type=module --eval` in the folder where Uppy is installed, with FUNCTION_URL FILE TYPE.

import { readFile } from "node:fs/promises";
import { basename } from "node:path";

/** What Uppy needs of a browser's XMLHttpRequest, by `fetch`. */
globalThis.XMLHttpRequest = class {
  upload = {};
  #headers = {};
  #abort = new AbortController();
  #response;

  open(method, url) {
    this.#response = undefined;
    Object.assign(this, { method, url });
  }

  setRequestHeader(name, value) {
    this.#headers[name] = value;
  }

  async send(body) {
    try {
      const options = { method: this.method, headers: this.#headers, body, signal: this.#abort.signal };
      this.#response = await fetch(this.url, options);
      this.status = this.#response.status;
      this.responseText = await this.#response.text();
      this.onload?.();
    } catch (error) {
      this.onerror?.(error);
    }
  }

  abort() {
    this.#abort.abort();
  }

  getResponseHeader(name) {
    return this.#response?.headers.get(name) ?? null;
  }
};

const { default: Uppy } = await import("@uppy/core");
const { default: AwsS3 } = await import("@uppy/aws-s3");

const [functionUrl, path, type] = process.argv.slice(1);
const uppy = new Uppy().use(AwsS3, { companionEndpoint: functionUrl, shouldUseMultipart: false });
uppy.addFile({ name: basename(path), type, data: new Blob([await readFile(path)], { type }) });
const { successful, failed } = await uppy.upload();
for (const file of failed) {
  console.error(`${file.name}: ${file.error}`);
}
for (const file of successful) {
  console.log(JSON.stringify({ name: file.name, url: file.uploadURL, key: file.response.body.key }));
}
process.exit(failed.length);
