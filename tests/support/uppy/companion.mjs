// Uppy Companion on loopback, port 0, with its S3 where the environment says. Prints its address; ends with its stdin.
// Run by `node --input-type=module --eval` in the folder where Uppy is installed.

import { createServer } from "node:http";
import * as companion from "@uppy/companion";
import express from "express";

const { BUCKET, ENDPOINT_URL, AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret } = process.env;

const app = express();
const { app: companionApp } = companion.app({
  s3: {
    key,
    secret,
    bucket: BUCKET,
    region: "us-east-1",
    endpoint: ENDPOINT_URL,
    forcePathStyle: true,
    getKey: ({ filename }) => `uppy/${filename}`,
    conditions: [["content-length-range", 1, 1000]],
    expires: 300,
  },
  server: { host: "127.0.0.1", protocol: "http" },
  filePath: process.env.FOLDER,
  secret: "a secret for cookies, of which none are made here",
  uploadUrls: [/^http:\/\/127\.0\.0\.1/],
  corsOrigins: true,
  metrics: false,
});
app.use(companionApp);

const server = createServer(app).listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.resume().on("end", () => process.exit());
