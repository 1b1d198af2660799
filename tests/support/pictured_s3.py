#!/usr/bin/python3
"""An S3 for pictures of the window: it answers as AWS would, and each file's name says how.

usage: pictured_s3.py [--tls CERTIFICATE KEY] BUCKET…

With --tls it is also the proxy to AWS: whoever asks it for a tunnel meets it at the other end.
Prints the port on 127.0.0.1 where it listens; serves until standard input ends. It checks no signatures.
"""

import hashlib
import http.server
import ssl
import sys
import threading
import time
import urllib.parse

MIB = 1024 * 1024
# Of files so named so many bytes are taken fast, and then so many a second; others as fast as they come.
SLOW_NAMES = {
    "product-demo.mp4": (403 * MIB, 18 * MIB),
    "인터뷰 녹음.wav": (42 * MIB, 2.5 * MIB),
    "teaser.mp4": (0, 22 * MIB),
}
# What nobody but the owner may open.
PRIVATE_NAMES = {"contract-signed.pdf"}
REFUSALS = {
    "분기 보고서 3Q.pdf": (400, "AccessControlListNotSupported", "The bucket does not allow ACLs"),
    "payroll-2026.xlsx": (403, "AccessDenied", "Access Denied"),
    "build-2.4.1.tar.zst": (503, "SlowDown", "Please reduce your request rate."),
}

ANSWER = '<?xml version="1.0" encoding="UTF-8"?>\n'
REQUEST_ID = "4442587FB7D0A2F9"


def field(head, name):
    """The value of a form's field, from the bytes before the file's."""
    marker = f'name="{name}"'.encode()
    if marker not in head:
        return None
    rest = head.split(marker, 1)[1].split(b"\r\n\r\n", 1)[1]
    return rest.split(b"\r\n--", 1)[0].decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    buckets = []
    stored = set()
    tls = None

    def log_message(self, *_):
        pass

    def answer(self, status, body="", headers=()):
        body = body.encode()
        self.send_response(status)
        self.send_header("x-amz-request-id", REQUEST_ID)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def refuse(self, status, code, message):
        body = f"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{REQUEST_ID}</RequestId></Error>"
        # As S3, it closes.
        self.close_connection = True
        self.answer(status, ANSWER + body, [("Connection", "close"), ("Content-Type", "application/xml")])

    def address(self):
        """`/BUCKET/KEY`, also where the bucket is in the host's name."""
        path = urllib.parse.unquote(self.path.split("?", 1)[0])
        bucket = self.headers["Host"].split(".s3.", 1)
        return f"/{bucket[0]}{path}".rstrip("/") if len(bucket) == 2 else path

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        self.connection = self.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def do_GET(self):
        path = self.address()
        if path == "/":
            names = "".join(f"<Bucket><Name>{name}</Name></Bucket>" for name in self.buckets)
            result = f"<ListAllMyBucketsResult><Buckets>{names}</Buckets></ListAllMyBucketsResult>"
            self.answer(200, ANSWER + result, [("Content-Type", "application/xml")])
        elif self.path.split("?", 1)[-1].startswith("uploads"):
            result = "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"
            self.answer(200, ANSWER + result, [("Content-Type", "application/xml")])
        elif path.count("/") > 1 and path not in self.stored:
            self.refuse(404, "NoSuchKey", "The specified key does not exist.")
        elif path.rsplit("/", 1)[-1] in PRIVATE_NAMES:
            self.refuse(403, "AccessDenied", "Access Denied")
        else:
            self.answer(200)

    do_HEAD = do_GET

    def do_DELETE(self):
        self.answer(204)

    def do_POST(self):
        if "?" in self.path:
            return self.parts_upload()
        return self.form()

    def parts_upload(self):
        """Begins or completes one."""
        bucket, object_key = self.address().lstrip("/").split("/", 1)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        place = f"<Bucket>{bucket}</Bucket><Key>{object_key}</Key>"
        if "uploadId" not in self.path:
            # The same file in another scene begins fast again.
            Pace.known.pop(object_key.rsplit("/", 1)[-1], None)
            body = f"<InitiateMultipartUploadResult>{place}<UploadId>pictured</UploadId></InitiateMultipartUploadResult>"
        else:
            self.stored.add(self.address())
            body = f"<CompleteMultipartUploadResult>{place}</CompleteMultipartUploadResult>"
        return self.answer(200, ANSWER + body, [("Content-Type", "application/xml")])

    def do_PUT(self):
        """A part, or an object by a presigned PUT."""
        name = self.address().rsplit("/", 1)[-1]
        etag = self.take(name, b"", int(self.headers["Content-Length"]), 0)
        if name in REFUSALS:
            return self.refuse(*REFUSALS[name])
        if "partNumber" not in self.path:
            self.stored.add(self.address())
        return self.answer(200, headers=[("ETag", f'"{etag}"')])

    def form(self):
        bucket = self.address().strip("/")
        left = int(self.headers["Content-Length"])
        head = b""
        while b'name="file"' not in head or b"\r\n\r\n" not in head.split(b'name="file"', 1)[1]:
            block = self.rfile.read1(min(left, 65536))
            left -= len(block)
            head += block
        before, content = head.split(b'name="file"', 1)
        content = content.split(b"\r\n\r\n", 1)[1]
        object_key, name = field(before, "key"), field(before, "key").rsplit("/", 1)[-1]
        if bucket not in self.buckets:
            return self.refuse(404, "NoSuchBucket", "The specified bucket does not exist")
        closing = len(b"\r\n--" + before.split(b"\r\n", 1)[0][2:] + b"--\r\n")
        etag = self.take(name, content, left, closing)
        # Not before: where bytes are left unread, closing resets the connection, and the answer may be lost with it.
        if name in REFUSALS:
            return self.refuse(*REFUSALS[name])
        self.stored.add(f"/{bucket}/{object_key}")
        location = f"http://{self.headers['Host']}/{bucket}/{urllib.parse.quote(object_key)}"
        body = f"<PostResponse><Location>{location}</Location><Bucket>{bucket}</Bucket></PostResponse>"
        return self.answer(201, ANSWER + body, [("ETag", f'"{etag}"'), ("Content-Type", "application/xml")])

    def take(self, name, content, left, closing):
        """Reads the file, or a part of it, at the file's pace; gives its MD5."""
        digest = hashlib.md5()
        pace = Pace.of(name)
        while left > 0:
            block = self.rfile.read1(min(left, 256 * 1024))
            if not block:
                break
            left -= len(block)
            content += block
            if len(content) > closing:
                whole = len(content) - closing
                digest.update(content[:whole])
                content = content[whole:]
            time.sleep(pace.wait(len(block)))
        digest.update(content[: len(content) - closing])
        return digest.hexdigest()


class Pace:
    """How fast a file is taken, by whichever connections its parts come."""

    known = {}
    lock = threading.Lock()

    def __init__(self, fast, pace):
        self.fast, self.pace = fast, pace
        self.taken, self.slow_since = 0, None

    @classmethod
    def of(cls, name):
        with cls.lock:
            return cls.known.setdefault(name, cls(*SLOW_NAMES.get(name, (float("inf"), 1))))

    def wait(self, size):
        """Seconds until the next bytes may be taken."""
        with self.lock:
            self.taken += size
            if self.taken < self.fast:
                return 0
            self.slow_since = self.slow_since or time.monotonic()
            due = self.slow_since + (self.taken - self.fast) / self.pace
            return max(0, due - time.monotonic())


def main():
    arguments = sys.argv[1:]
    if arguments[0] == "--tls":
        Handler.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        Handler.tls.load_cert_chain(arguments[1], arguments[2])
        arguments = arguments[3:]
    Handler.buckets = arguments
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


main()
