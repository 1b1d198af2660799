"""A Runtime API with the doors that functions are reached by, on loopback: what stands in for AWS around a real runtime.

Runtime API: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. Its address is the first line of standard
output; it ends with its standard input. Doors, each before a path of the caller's choice:

  /url/            function URL (payload 2.0)          /http1/, /http2/   API Gateway HTTP API, payload 1.0 and 2.0
  /rest/STAGE/     API Gateway REST API, proxy         /event/            REST API without proxy: the body is the event
  /2015-03-31/functions/NAME/invocations               Invoke

Faults, put before a door: /forbidden, /unauthorized, /throttled/N (429 for the first N calls), /busy/N (503), /slow/SECONDS,
/silent, /html, /big, /nested, /elsewhere (redirects to another host), /moved (redirects to the door behind it), /iam/SERVICE
(the signature must be right, and its time within five minutes), /key/NAME/VALUE (a header). GET /count says how many calls
have reached a door, GET /asked how many came at all.
"""

import base64
import datetime
import json
import queue
import sys
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, unquote

EVENTS = queue.Queue()
WAITING = {}
SEEN = {}
LOCK = threading.Lock()
ACCESS_KEY, SECRET_KEY, REGION = "AKIDFRONT", "CANARYfrontsecret", "eu-west-1"
ARN = "arn:aws:lambda:eu-west-1:000000000000:function:presign"


def count(name):
    with LOCK:
        SEEN[name] = SEEN.get(name, 0) + 1
        return SEEN[name]


def call(event):
    """What the function returns, and whether it broke off."""
    request_id, slot = str(uuid.uuid4()), [threading.Event(), None, False]
    WAITING[request_id] = slot
    EVENTS.put((request_id, event))
    if not slot[0].wait(30):
        return {"errorMessage": "Task timed out after 30.00 seconds", "errorType": "Sandbox.Timedout"}, True
    return slot[1], slot[2]


class Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, headers=None):
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid.uuid4()), **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def any(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, self.query = self.path.partition("?")
        if path == "/count":
            return self.answer(200, str(SEEN.get("calls", 0)))
        if path == "/asked":
            return self.answer(200, str(SEEN.get("asked", 0)))
        if "/runtime/" in path and path.startswith("/2018-06-01/"):
            return self.runtime(path)
        count("asked")
        self.fault(path)

    do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_HEAD = any

    # ---- the runtime's side

    def runtime(self, path):
        if path.endswith("/invocation/next"):
            request_id, event = EVENTS.get()
            return self.answer(200, event, {
                "Lambda-Runtime-Aws-Request-Id": request_id,
                "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 30000),
                "Lambda-Runtime-Invoked-Function-Arn": ARN,
                "Lambda-Runtime-Trace-Id": "Root=1-0-0",
            })
        slot = WAITING.pop(path.split("/")[-2], None)
        if slot:
            slot[1], slot[2] = json.loads(self.body), path.endswith("/error")
            slot[0].set()
        self.answer(202, {"status": "OK"})

    # ---- the caller's side

    def fault(self, path):
        """Takes one fault after the other off the path; what is left is a door."""
        _, name, *rest = path.split("/")
        then = lambda skip: self.fault("/" + "/".join(rest[skip:]))
        if name == "forbidden":
            return self.answer(403, {"Message": "Forbidden"}, {"x-amzn-ErrorType": "AccessDeniedException"})
        if name == "unauthorized":
            return self.answer(401, {"message": "Unauthorized"})
        if name in ("throttled", "busy"):
            if count(path) <= int(rest[0]):
                reason = {"Reason": "ReservedFunctionConcurrentInvocationLimitExceeded", "message": "Rate Exceeded."}
                if name == "throttled":
                    return self.answer(429, reason, {"x-amzn-ErrorType": "TooManyRequestsException"})
                return self.answer(503, {"message": "Service Unavailable"})
            return then(1)
        if name == "slow":
            time.sleep(float(rest[0]))
            return then(1)
        if name == "silent":
            return time.sleep(3600)
        if name == "html":
            return self.answer(200, "<!DOCTYPE html><html>Sign in</html>", {"Content-Type": "text/html"})
        if name == "big":
            return self.answer(200, b'{"url":"' + b"x" * 10_000_000 + b'"}')
        if name == "nested":
            return self.answer(200, '{"data":' * 1000 + "1" + "}" * 1000)
        if name == "elsewhere":
            return self.answer(307, "", {"Location": f"http://localhost:{self.server.server_port}/url/"})
        if name == "moved":
            return self.answer(307, "", {"Location": "/" + "/".join(rest) + (f"?{self.query}" if self.query else "")})
        if name == "iam":
            if (late := self.lateness()) is not None:
                message = f"Signature expired: {self.headers['X-Amz-Date']} is {late:.0f} s away from the server's time"
                return self.answer(403, {"message": message}, {"x-amzn-ErrorType": "InvalidSignatureException"})
            if "Authorization" not in self.headers:
                return self.answer(403, {"Message": "Forbidden"}, {"x-amzn-ErrorType": "AccessDeniedException"})
            if not self.is_signed_for(rest[0]):
                return self.answer(403, {"message": "The request signature we calculated does not match"}, {"x-amzn-ErrorType": "InvalidSignatureException"})
            return then(1)
        if name == "key":
            if self.headers.get(rest[0]) != unquote(rest[1]):
                return self.answer(403, {"message": "Forbidden"}, {"x-amzn-ErrorType": "ForbiddenException"})
            return then(2)
        count("calls")
        self.door(name, rest)

    def lateness(self):
        """How far the request's clock is off, in seconds, where that is more than AWS lets pass."""
        try:
            signed_at = datetime.datetime.strptime(self.headers.get("X-Amz-Date", ""), "%Y%m%dT%H%M%SZ")
        except ValueError:
            return None
        late = time.time() - signed_at.replace(tzinfo=datetime.timezone.utc).timestamp()
        return late if abs(late) > 300 else None

    def is_signed_for(self, service):
        """Signs the request that came once more, by botocore, and compares."""
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        given = self.headers.get("Authorization") or ""
        if f"Credential={ACCESS_KEY}/" not in given or f"/{REGION}/{service}/aws4_request" not in given:
            return False
        signed = given.split("SignedHeaders=")[1].split(",")[0].split(";")
        request = AWSRequest(self.command, f"http://{self.headers['Host']}{self.path}", data=self.body)
        for name in signed:
            request.headers[name] = self.headers[name]
        request.context["timestamp"] = self.headers["X-Amz-Date"]
        auth = SigV4Auth(Credentials(ACCESS_KEY, SECRET_KEY), service, REGION)
        text = auth.string_to_sign(request, auth.canonical_request(request))
        return given.endswith("Signature=" + auth.signature(text, request))

    def door(self, name, rest):
        if name == "2015-03-31":
            return self.invoke(rest)
        if name == "event":
            value, failed = call(json.loads(self.body or b"{}"))
            # Without a mapping for errors the gateway hands them on as they are, with 200.
            return self.answer(200, value)
        event = {"url": self.payload_2, "http2": self.payload_2, "http1": self.payload_1, "rest": self.payload_1}.get(name)
        if event is None:
            return self.answer(404, {"message": "Not Found"})
        value, failed = call(event("/" + "/".join(rest)))
        if failed:
            return self.answer(502, {"message": "Internal Server Error"} if name != "url" else "Internal Server Error")
        if isinstance(value, dict) and "statusCode" in value:
            body = value.get("body") or ""
            body = base64.b64decode(body) if value.get("isBase64Encoded") else body
            return self.answer(value["statusCode"], body, value.get("headers"))
        if name in ("http1", "rest"):
            return self.answer(502, {"message": "Internal server error"})
        self.answer(200, value)

    def invoke(self, rest):
        if unquote(rest[1]).split(":")[-1] not in ("presign", "$LATEST", "live"):
            error = {"Type": "User", "Message": f"Function not found: {ARN}"}
            return self.answer(404, error, {"x-amzn-ErrorType": "ResourceNotFoundException"})
        value, failed = call(json.loads(self.body or b"{}"))
        self.answer(200, value, {"X-Amz-Function-Error": "Unhandled"} if failed else None)

    def text_and_flag(self):
        try:
            return self.body.decode() or None, False
        except UnicodeDecodeError:
            return base64.b64encode(self.body).decode(), True

    def payload_2(self, path):
        text, is_base64 = self.text_and_flag()
        headers = {name.lower(): value for name, value in self.headers.items()}
        event = {
            "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": self.query, "headers": headers,
            "requestContext": {
                "accountId": "anonymous", "apiId": "local", "domainName": headers.get("host"), "domainPrefix": "local",
                "http": {"method": self.command, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": headers.get("user-agent", "")},
                "requestId": str(uuid.uuid4()), "routeKey": "$default", "stage": "$default",
                "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime()), "timeEpoch": int(time.time() * 1000),
            },
            "body": text, "isBase64Encoded": is_base64,
        }
        if self.query:
            event["queryStringParameters"] = dict(parse_qsl(self.query))
        return event

    def payload_1(self, path):
        text, is_base64 = self.text_and_flag()
        return {
            "version": "1.0", "resource": "/{proxy+}", "path": path, "httpMethod": self.command, "headers": dict(self.headers.items()),
            "multiValueHeaders": {name: [value] for name, value in self.headers.items()},
            "queryStringParameters": dict(parse_qsl(self.query)) or None,
            "multiValueQueryStringParameters": parse_qs(self.query) or None,
            "pathParameters": None, "stageVariables": None,
            "requestContext": {
                "accountId": "000000000000", "apiId": "local", "stage": "prod", "path": path, "httpMethod": self.command, "resourceId": "id",
                "resourcePath": "/{proxy+}", "requestId": str(uuid.uuid4()), "protocol": "HTTP/1.1",
                "identity": {"sourceIp": "127.0.0.1", "userAgent": self.headers.get("User-Agent", "")},
            },
            "body": text, "isBase64Encoded": is_base64,
        }


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    server.daemon_threads = True
    print(f"127.0.0.1:{server.server_port}", flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


main()
