"""Sends forms that an S3 must refuse, made by boto3 and sent by requests, and prints each answer that is not S3's.

usage: post_refusals.py ENDPOINT BUCKET    (keys from the environment)
"""
import datetime
import json
import os
import re
import sys

import boto3
import requests
from botocore.config import Config

endpoint, bucket = sys.argv[1:]
bucket_url = f"{endpoint}/{bucket}"


def client(version="s3v4", region="us-east-1", **keys):
    config = Config(signature_version=version, s3={"addressing_style": "path"})
    return boto3.client("s3", endpoint_url=endpoint, region_name=region, config=config, **keys)


def presign(key="refused.txt", fields=None, conditions=None, seconds=600, using=None, bucket=bucket):
    return (using or client()).generate_presigned_post(bucket, key, Fields=fields, Conditions=conditions, ExpiresIn=seconds)


def covered(key="refused.txt", **fields):
    """A form whose fields all have their conditions."""
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    return presign(key, fields, [{name: value} for name, value in fields.items()])


def changed(form, **changes):
    fields = {**form["fields"], **{name.replace("_", "-"): value for name, value in changes.items()}}
    return {"url": form["url"], "fields": {name: value for name, value in fields.items() if value is not None}}


def scope(form, place, value):
    parts = form["fields"]["x-amz-credential"].split("/")
    parts[place] = value
    return changed(form, x_amz_credential="/".join(parts))


def send(form, body=b"hello", url=bucket_url):
    return requests.post(url, data=form["fields"], files={"file": ("name.txt", body)})


def raw(body, content_type="multipart/form-data; boundary=b", url=bucket_url):
    return requests.post(url, data=body, headers={"Content-Type": content_type})


def chunked():
    return requests.post(bucket_url, data=iter([b"--b--"]), headers={"Content-Type": "multipart/form-data; boundary=b"})


tomorrow = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)).strftime("%Y%m%d")
short = presign()
refused = [
    ("no policy", lambda: send({"fields": {"key": "refused.txt"}}), 403, "AccessDenied", "Access Denied"),
    ("another signature", lambda: send(changed(presign(), x_amz_signature="0" * 64)), 403, "SignatureDoesNotMatch", "does not match"),
    ("half a signature", lambda: send(changed(presign(), x_amz_signature=short["fields"]["x-amz-signature"][:32])), 403, "SignatureDoesNotMatch", ""),
    ("another secret", lambda: send(presign(using=client(aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"], aws_secret_access_key="x" * 40))), 403, "SignatureDoesNotMatch", ""),
    ("another policy", lambda: send(changed(presign(), policy=presign("other")["fields"]["policy"])), 403, "SignatureDoesNotMatch", ""),
    ("an unknown key id", lambda: send(presign(using=client(aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="x" * 40))), 403, "InvalidAccessKeyId", "does not exist in our records"),
    ("no signature", lambda: send(changed(presign(), x_amz_signature=None)), 400, "InvalidArgument", "X-Amz-Signature"),
    ("expired", lambda: send(presign(seconds=-10)), 403, "AccessDenied", "Invalid according to Policy: Policy expired."),
    ("SigV2", lambda: send(presign(using=client("s3"))), 400, "InvalidRequest", "Please use AWS4-HMAC-SHA256"),
    ("another region", lambda: send(presign(using=client(region="eu-west-1"))), 400, "InvalidArgument", "the region 'eu-west-1' is wrong; expecting 'us-east-1'"),
    ("another service", lambda: send(scope(presign(), 3, "sts")), 400, "InvalidArgument", "incorrect service"),
    ("another date", lambda: send(scope(presign(), 1, tomorrow)), 400, "InvalidArgument", "incorrect date"),
    ("no scope", lambda: send(changed(presign(), x_amz_credential="nonsense")), 400, "InvalidArgument", "mal-formed"),
    ("a session token", lambda: send(presign(using=client(aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"], aws_secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"], aws_session_token="token"))), 400, "InvalidToken", ""),
    ("an uncovered field", lambda: send(changed(presign(), x_amz_meta_a="1")), 403, "AccessDenied", "Invalid according to Policy: Extra input fields: x-amz-meta-a"),
    ("an uncovered field of boto3's", lambda: send(presign(fields={"Content-Type": "text/html"})), 403, "AccessDenied", "Extra input fields: content-type"),
    ("another key", lambda: send(changed(presign(), key="other.txt")), 403, "AccessDenied", 'Policy Condition failed: ["eq", "$key", "refused.txt"]'),
    ("another prefix", lambda: send(changed(presign("in/${filename}"), key="out/name.txt")), 403, "AccessDenied", 'Policy Condition failed: ["starts-with", "$key", "in/"]'),
    ("a missing field", lambda: send(presign(conditions=[{"x-amz-meta-a": "1"}])), 403, "AccessDenied", 'Policy Condition failed: ["eq", "$x-amz-meta-a", "1"]'),
    ("another bucket's form", lambda: send(presign(bucket="other")), 403, "AccessDenied", 'Policy Condition failed: ["eq", "$bucket", "other"]'),
    ("too large", lambda: send(presign(conditions=[["content-length-range", 1, 4]])), 400, "EntityTooLarge", "exceeds the maximum allowed size"),
    ("far too large", lambda: send(presign(conditions=[["content-length-range", 1, 4]]), os.urandom(8 << 20)), 400, "EntityTooLarge", ""),
    ("too small", lambda: send(presign(conditions=[["content-length-range", 6, 9]])), 400, "EntityTooSmall", "smaller than the minimum allowed size"),
    ("a broken policy", lambda: send(changed(presign(), policy="e30=")), 403, "SignatureDoesNotMatch", ""),
    ("chunked", chunked, 411, "MissingContentLength", "You must provide the Content-Length HTTP header."),
    ("no boundary", lambda: raw(b"--b--", "multipart/form-data"), 400, "MalformedPOSTRequest", "not well-formed"),
    ("no form", lambda: raw(b"nothing at all"), 400, "MalformedPOSTRequest", ""),
    ("no end", lambda: raw(b"--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk"), 400, "MalformedPOSTRequest", ""),
    ("no file", lambda: raw(b"--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--b--\r\n"), 400, "IncorrectNumberOfFilesInPostRequest", "exactly one file"),
    ("long fields", lambda: send(changed(presign(), x_ignore_a="x" * 20480)), 400, "MaxPostPreDataLengthExceeded", ""),
    ("many fields", lambda: send({"fields": {f"x-ignore-{number}": "" for number in range(400)}}), 400, "MaxPostPreDataLengthExceeded", ""),
    ("an endless field", lambda: send(changed(presign(), x_ignore_a="x" * (4 << 20))), 400, "MaxPostPreDataLengthExceeded", ""),
    ("no such bucket", lambda: send(presign(bucket="other"), url=f"{endpoint}/other"), 404, "NoSuchBucket", "does not exist"),
    ("a form to an object", lambda: send(presign(), url=f"{bucket_url}/refused.txt"), 405, "MethodNotAllowed", ""),
    ("a public ACL", lambda: send(covered(acl="public-read")), 400, "AccessControlListNotSupported", "The bucket does not allow ACLs"),
    ("an unknown storage class", lambda: send(covered(x_amz_storage_class="COLD")), 400, "InvalidStorageClass", ""),
    ("KMS", lambda: send(covered(x_amz_server_side_encryption="aws:kms")), 501, "NotImplemented", ""),
    ("tags that are no XML", lambda: send(covered(tagging="a=b")), 400, "MalformedXML", ""),
    ("much metadata", lambda: send(covered(x_amz_meta_a="x" * 2048)), 400, "MetadataTooLarge", ""),
    ("another CRC-64", lambda: send(covered(x_amz_checksum_crc64nvme="AAAAAAAAAAA=")), 400, "BadDigest", "CRC64NVME"),
    ("another SHA-256", lambda: send(covered(x_amz_checksum_sha256="A" * 43 + "=")), 400, "BadDigest", "SHA256"),
    ("a long key", lambda: send(presign("k" * 1025)), 400, "KeyTooLongError", "Your key is too long"),
    ("an empty key", lambda: send(presign("")), 400, "InvalidArgument", ""),
    ("a key out of the bucket", lambda: send(presign("../escaped")), 400, "InvalidArgument", "segment"),
    ("a key far out of the bucket", lambda: send(presign("a/../../../escaped")), 400, "InvalidArgument", ""),
    ("an absolute key", lambda: send(presign("/etc/escaped")), 400, "InvalidArgument", ""),
    ("bytes in a folder", lambda: send(presign("folder/")), 400, "InvalidArgument", "without bytes"),
    ("a key below an object", lambda: send(presign("taken/below")), 400, "InvalidArgument", "a file and a folder at once"),
    ("a key above an object", lambda: send(presign("deep")), 400, "InvalidArgument", "a file and a folder at once"),
]


def element(xml, name):
    found = re.search(f"<{name}>(.*?)</{name}>", xml, re.DOTALL)
    return found and found[1].replace("&quot;", '"').replace("&apos;", "'").replace("&gt;", ">").replace("&lt;", "<")


for key in ["taken", "deep/er"]:
    send(presign(key)).raise_for_status()
for name, refusal, status, code, message in refused:
    answer = refusal()
    got = (answer.status_code, element(answer.text, "Code"), element(answer.text, "Message") or "")
    right = got[:2] == (status, code) and message in got[2]
    if not right or element(answer.text, "RequestId") != answer.headers.get("x-amz-request-id"):
        print(json.dumps({"case": name, "wanted": [status, code, message], "got": got, "body": answer.text[:300]}))
keys = sorted(item["Key"] for item in client().list_objects_v2(Bucket=bucket).get("Contents", []))
if keys != ["deep/er", "taken"]:
    print(json.dumps({"case": "nothing refused is stored", "got": keys}))
print(f"{len(refused)} refusals")
