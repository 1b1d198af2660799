"""Sends forms that an S3 must take, made by boto3 and sent by requests, and prints each answer that is not S3's.

usage: post_bodies.py ENDPOINT BUCKET SEED    (keys from the environment)
"""
import base64
import hashlib
import json
import random
import sys
import urllib.parse
import xml.etree.ElementTree

import boto3
import botocore.exceptions
import requests
from botocore.config import Config

endpoint, bucket, seed = sys.argv[1:]
dice = random.Random(int(seed))
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1",
                  config=Config(signature_version="s3v4", s3={"addressing_style": "path"}))
session = requests.Session()


def complain(case, **facts):
    print(json.dumps({"case": case, **facts}, ensure_ascii=False, default=str))


def post(key, body, fields=None, name="name.bin", url=f"{endpoint}/{bucket}"):
    fields = {**(fields or {})}
    form = s3.generate_presigned_post(bucket, key, Fields=fields, Conditions=[{n: v} for n, v in fields.items()])
    return session.post(url, data=form["fields"], files={"file": (name, body, "text/ignored")}, allow_redirects=False)


def check_stored(case, key, body, answer):
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    if answer.headers.get("ETag") != etag or answer.headers.get("x-amz-checksum-type") != "FULL_OBJECT":
        complain(case, headers=dict(answer.headers), wanted=etag)
    anonymous = requests.get(f"{endpoint}/{bucket}/{urllib.parse.quote(key)}")
    if anonymous.content != body or anonymous.headers["ETag"] != etag:
        complain(case, got=len(anonymous.content), wanted=len(body), status=anonymous.status_code)
    head = s3.head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    if head["ContentLength"] != len(body) or head["ChecksumCRC64NVME"] != answer.headers["x-amz-checksum-crc64nvme"]:
        complain(case, head=head)


def carriage_returns(length):
    """Random bytes where a parser that looks for the boundary stumbles: CR, LF and dashes all over."""
    body = bytearray(dice.randbytes(length))
    for _ in range(2000):
        at = dice.randrange(length)
        lure = dice.choice([b"\r", b"\r\n", b"\r\n--", b"\n--", b"\r\r\n-"])
        body[at:at + len(lure)] = lure
    for block in range(4096, length, 4096):
        body[block - 1] = 13
    return bytes(body[:length])


# Sizes, names, statuses
statuses = {None: 204, "200": 200, "201": 201, "204": 204, "999": 204}
for (status, wanted), (key, body) in zip(statuses.items(), [
    ("빈 파일.txt", b""), ("한 바이트", b"x"), ("폴더/스크린샷 1 (최종).png", b"\r\n--"), ("a+b&c=d?#%.txt", b"\r"), ("x/y/z", b"-" * 70000),
]):
    answer = post(key, body, {"success_action_status": status} if status else None)
    if answer.status_code != wanted:
        complain("status", key=key, got=answer.status_code, wanted=wanted, body=answer.text)
    location = f"{endpoint}/{bucket}/{urllib.parse.quote(key, safe='')}"
    if answer.headers.get("Location") != location or not answer.headers.get("x-amz-request-id"):
        complain("location", got=answer.headers.get("Location"), wanted=location)
    if wanted == 201:
        tree = {child.tag: child.text for child in xml.etree.ElementTree.fromstring(answer.text)}
        if tree != {"Location": location, "Bucket": bucket, "Key": key, "ETag": answer.headers["ETag"]}:
            complain("201", got=tree)
    check_stored("sizes and names", key, body, answer)

# A checksum that AWS publishes: "123456789"
answer = post("check", b"123456789", {"x-amz-checksum-crc64nvme": "rosUhgp5mIg=", "x-amz-checksum-sha256": base64.b64encode(hashlib.sha256(b"123456789").digest()).decode()})
if answer.headers.get("x-amz-checksum-crc64nvme") != "rosUhgp5mIg=":
    complain("CRC-64/NVME", got=dict(answer.headers), body=answer.text)

# ${filename}, redirect, ACLs without effect, virtual host
answer = post("in/${filename}", b"named", name="C:\\사진\\고양이.jpg")
check_stored("file name", "in/고양이.jpg", b"named", answer)
answer = post("redirected", b"r", {"success_action_redirect": "http://localhost/done?x=1"})
wanted = f"http://localhost/done?x=1&bucket={bucket}&key=redirected&etag=%22{hashlib.md5(b'r').hexdigest()}%22"
if (answer.status_code, answer.headers.get("Location")) != (303, wanted):
    complain("redirect", got=[answer.status_code, answer.headers.get("Location")], wanted=wanted)
for acl in ["private", "bucket-owner-full-control"]:
    if post("acl", b"a", {"acl": acl}).status_code != 204:
        complain("acl", acl=acl)
port = urllib.parse.urlsplit(endpoint).port
form = s3.generate_presigned_post(bucket, "virtual")
answer = requests.post(f"{endpoint}/", data=form["fields"], files={"file": b"v"}, headers={"Host": f"{bucket}.localhost:{port}"})
if (answer.status_code, answer.headers.get("Location")) != (204, f"http://{bucket}.localhost:{port}/virtual"):
    complain("virtual host", got=[answer.status_code, dict(answer.headers), answer.text])

# What a download repeats
kept = {
    "Content-Type": "text/html; charset=utf-8", "Cache-Control": "max-age=60", "Content-Disposition": "inline; filename=\"x.html\"",
    "Content-Encoding": "identity", "Content-Language": "ko", "Expires": "Thu, 01 Jan 2032 00:00:00 GMT", "x-amz-meta-author": "kim",
    "x-amz-storage-class": "STANDARD_IA", "x-amz-server-side-encryption": "AES256",
}
answer = post("kept", b"<p>", {**kept, "tagging": "<Tagging><TagSet><Tag><Key>팀</Key><Value>둘</Value></Tag></TagSet></Tagging>"})
if answer.status_code != 204:
    complain("kept", got=answer.text)
for method in ["GET", "HEAD"]:
    got = requests.request(method, f"{endpoint}/{bucket}/kept").headers
    if {name: got.get(name) for name in kept} != kept or got["Content-Length"] != "3":
        complain("kept", method=method, got=dict(got))
tags = s3.get_object_tagging(Bucket=bucket, Key="kept")["TagSet"]
if tags != [{"Key": "팀", "Value": "둘"}]:
    complain("tags", got=tags)
if requests.get(f"{endpoint}/{bucket}/check").headers["Content-Type"] != "binary/octet-stream":
    complain("default content type")
override = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "kept", "ResponseContentType": "text/plain"})
if requests.get(override).headers["Content-Type"] != "text/plain":
    complain("response-content-type")

# A presigned PUT, and a PUT that must not replace
put = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "put", "ContentType": "text/x-put"})
answer = requests.put(put, data=b"put", headers={"Content-Type": "text/x-put"})
got = requests.get(f"{endpoint}/{bucket}/put")
if (answer.status_code, got.content, got.headers["Content-Type"]) != (200, b"put", "text/x-put"):
    complain("presigned PUT", got=[answer.status_code, answer.text, got.content, dict(got.headers)])
for refused, code in [({"IfNoneMatch": "*"}, "PreconditionFailed"), ({"ACL": "public-read"}, "AccessControlListNotSupported"),
                      ({"ContentMD5": "A" * 22 + "=="}, "BadDigest"), ({"IfMatch": "x"}, "NotImplemented")]:
    try:
        s3.put_object(Bucket=bucket, Key="put", Body=b"other", **refused)
        complain("PUT", wanted=code)
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != code:
            complain("PUT", wanted=code, got=error.response["Error"])
if requests.get(f"{endpoint}/{bucket}/put").content != b"put" or s3.head_bucket(Bucket=bucket)["BucketRegion"] != "us-east-1":
    complain("after refused PUTs")

# Long keys, and an object in another one's place
post("replaced", b"first")
check_stored("replaced", "replaced", b"second", post("replaced", b"second"))
long_key = "/".join(["k" * 204] * 5)
check_stored("1,024 bytes of key", long_key, b"long", post(long_key, b"long"))

# Large bodies that lure a parser
for number in range(30):
    body = carriage_returns(8 << 20)
    check_stored("large", "large", body, post("large", body))
print("done")
