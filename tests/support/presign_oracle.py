"""What botocore answers: reads requests from a file, one JSON object a line, and prints one JSON value a line.

{"ask": "regions"}                      every [partition, region] that botocore knows
{"ask": "post", "now": …, "bucket": …}  [url, [[field, value], …]] of a presigned POST
{"ask": "url", "method": …, …}          a presigned URL
{"ask": "headers", "url": …, …}         the headers that sign a request: [[name, value], …]
"""

import datetime
import functools
import json
import os
import pathlib
import sys

# AWS's C runtime, where it is installed, signs with a clock of its own.
os.environ["BOTO_DISABLE_CRT"] = "true"

import botocore
import botocore.auth
import botocore.session
import botocore.signers
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

NOW = None


def frozen_clock(remove_tzinfo=True):
    return NOW.replace(tzinfo=None) if remove_tzinfo else NOW


# The two modules that sign have each imported their own name for it.
botocore.auth.get_current_datetime = frozen_clock
botocore.signers.get_current_datetime = frozen_clock

SESSION = botocore.session.get_session()


@functools.lru_cache(maxsize=None)
def client(region, endpoint_url, access_key_id, secret_access_key, session_token):
    style = "path" if endpoint_url else "virtual"
    return SESSION.create_client(
        "s3",
        region_name=region,
        endpoint_url=endpoint_url,
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret_access_key,
        aws_session_token=session_token,
        config=Config(
            signature_version="s3v4",
            response_checksum_validation="when_required",
            s3={"addressing_style": style, "us_east_1_regional_endpoint": "regional"},
        ),
    )


def client_of(request):
    names = ("region", "endpoint_url", "access_key_id", "secret_access_key", "session_token")
    return client(*(request[name] for name in names))


def post(request):
    signed = client_of(request).generate_presigned_post(
        request["bucket"],
        request["object_key"],
        Fields=dict(request["fields"]),
        Conditions=request["conditions"],
        ExpiresIn=request["expires_in"],
    )
    return [signed["url"], list(signed["fields"].items())]


def url(request):
    return client_of(request).generate_presigned_url(
        {"GET": "get_object", "HEAD": "head_object"}[request["method"]],
        Params={"Bucket": request["bucket"], "Key": request["object_key"]},
        ExpiresIn=request["expires_in"],
    )


class Signer(botocore.auth.S3SigV4Auth):
    """Leaves it to the request whether its body is signed, as botocore's client does by its operation."""

    def payload(self, request):
        return "UNSIGNED-PAYLOAD" if request.data is None else super(botocore.auth.S3SigV4Auth, self).payload(request)


def headers(request):
    body = request["body"]
    signed = AWSRequest(request["method"], request["url"], headers=dict(request["headers"]), data=body and body.encode())
    signed.data = body.encode() if body is not None else None
    keys = Credentials(request["access_key_id"], request["secret_access_key"], request["session_token"])
    Signer(keys, "s3", request["region"]).add_auth(signed)
    return [[name.lower(), value] for name, value in signed.headers.items()]


def regions(_request):
    known = json.loads((pathlib.Path(botocore.__file__).parent / "data" / "partitions.json").read_text())
    return [[partition["id"], region] for partition in known["partitions"] for region in partition["regions"]]


def main():
    global NOW
    answers = {"post": post, "url": url, "headers": headers, "regions": regions}
    for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").split("\n"):
        if line:
            request = json.loads(line)
            if "now" in request:
                NOW = datetime.datetime.fromisoformat(request["now"])
            print(json.dumps(answers[request["ask"]](request)))


main()
