"""Parts uploads by boto3, each answer held against what S3 says of it. Prints what differs, then "done".

usage: parts_uploads.py ENDPOINT BUCKET    (keys from the environment)
"""
import base64
import hashlib
import sys
import threading
import urllib.parse

import boto3
import requests
from awscrt import checksums as crt
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, bucket = sys.argv[1:]
MIB = 1 << 20
# Without checksums of its own accord: those of the tests are the tests' business.
quiet = Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, request_checksum_calculation="when_required")
s3 = boto3.client("s3", endpoint_url=endpoint, config=quiet)
as_usual = boto3.client("s3", endpoint_url=endpoint, config=Config(s3={"addressing_style": "path"}))


def check(name, got, wanted):
    if got != wanted:
        print(f"{name}: {got!r}, not {wanted!r}")


def crc64(data):
    return base64.b64encode(crt.crc64nvme(data).to_bytes(8, "big")).decode()


def crc32(data):
    return base64.b64encode(crt.crc32(data).to_bytes(4, "big")).decode()


def block(seed, size):
    return (hashlib.sha256(seed.encode()).digest() * (size // 32 + 1))[:size]


def refused(name, call, status, code, **arguments):
    try:
        call(Bucket=bucket, **arguments)
    except ClientError as error:
        check(name, (error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]), (status, code))
    else:
        print(f"{name}: not refused")


def start(key, **arguments):
    return {"Key": key, "UploadId": s3.create_multipart_upload(Bucket=bucket, Key=key, **arguments)["UploadId"]}


def send(upload, number, data, **arguments):
    part = s3.upload_part(Bucket=bucket, PartNumber=number, Body=data, **upload, **arguments)
    return {"PartNumber": number, "ETag": part["ETag"]}


def exists(key):
    return any(item["Key"] == key for item in s3.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents", []))


def keys_under_way():
    return [upload["Key"] for upload in s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])]


# One upload from its beginning to its end.
key = "폴더/" + "긴 이름 " * 20 + "&<'\" +%.bin"
first, second = block("first", 5 * MIB), block("second", 5 * MIB + 1)
started = s3.create_multipart_upload(
    Bucket=bucket, Key=key, ContentType="video/mp4", CacheControl="max-age=60", ContentDisposition='attachment; filename="a"',
    Metadata={"who": "me"}, StorageClass="STANDARD_IA", Tagging="a=1&b=2", ChecksumAlgorithm="CRC64NVME", ChecksumType="FULL_OBJECT")
check("created", [started.get(name) for name in ("Bucket", "Key", "ChecksumAlgorithm", "ChecksumType")], [bucket, key, "CRC64NVME", "FULL_OBJECT"])
upload = {"Key": key, "UploadId": started["UploadId"]}
check("nothing yet", exists("폴더/"), False)
two = s3.upload_part(Bucket=bucket, PartNumber=2, Body=second, ChecksumCRC64NVME=crc64(second), **upload)
check("a part's answer", (two["ETag"], two["ChecksumCRC64NVME"]), (f'"{hashlib.md5(second).hexdigest()}"', crc64(second)))
send(upload, 1, block("wrong", 6 * MIB))
one = send(upload, 1, first, ContentMD5=base64.b64encode(hashlib.md5(first).digest()).decode())
two = {"PartNumber": 2, "ETag": two["ETag"]}

listed = s3.list_parts(Bucket=bucket, **upload)
check("the list", [(part["PartNumber"], part["Size"], part["ETag"], part["ChecksumCRC64NVME"]) for part in listed["Parts"]],
      [(1, len(first), one["ETag"], crc64(first)), (2, len(second), two["ETag"], crc64(second))])
check("the list's head", [listed.get(name) for name in ("IsTruncated", "ChecksumAlgorithm", "ChecksumType", "MaxParts")], [False, "CRC64NVME", "FULL_OBJECT", 1000])
check("times", all("LastModified" in part for part in listed["Parts"]), True)
page = s3.list_parts(Bucket=bucket, MaxParts=1, **upload)
check("the first page", (page["IsTruncated"], page["NextPartNumberMarker"], len(page["Parts"])), (True, 1, 1))
page = s3.list_parts(Bucket=bucket, MaxParts=1, PartNumberMarker=1, **upload)
check("the second page", (page["IsTruncated"], [part["PartNumber"] for part in page["Parts"]]), (False, [2]))

complete = s3.complete_multipart_upload
whole = first + second
parts = {"Parts": [one, two]}
refused("descending", complete, 400, "InvalidPartOrder", MultipartUpload={"Parts": [two, one]}, **upload)
refused("twice the same", complete, 400, "InvalidPartOrder", MultipartUpload={"Parts": [one, one]}, **upload)
refused("an unknown part", complete, 400, "InvalidPart", MultipartUpload={"Parts": [one, {**two, "PartNumber": 3}]}, **upload)
refused("another ETag", complete, 400, "InvalidPart", MultipartUpload={"Parts": [{**one, "ETag": two["ETag"]}, two]}, **upload)
refused("another part's CRC-64", complete, 400, "InvalidPart", MultipartUpload={"Parts": [{**one, "ChecksumCRC64NVME": crc64(second)}, two]}, **upload)
refused("no parts", complete, 400, "MalformedXML", MultipartUpload={"Parts": []}, **upload)
refused("another CRC-64", complete, 400, "BadDigest", MultipartUpload=parts, ChecksumCRC64NVME=crc64(second + first), **upload)
refused("another size", complete, 400, "InvalidRequest", MultipartUpload=parts, MpuObjectSize=len(whole) + 1, **upload)
refused("another type", complete, 400, "InvalidRequest", MultipartUpload=parts, ChecksumType="COMPOSITE", **upload)
refused("another key", complete, 404, "NoSuchUpload", MultipartUpload=parts, Key="other", UploadId=upload["UploadId"])
refused("a wrong part CRC-64", s3.upload_part, 400, "BadDigest", PartNumber=1, Body=second, ChecksumCRC64NVME=crc64(first), **upload)
refused("a wrong part MD5", s3.upload_part, 400, "BadDigest", PartNumber=1, Body=second, ContentMD5=base64.b64encode(bytes(16)).decode(), **upload)
refused("another algorithm", s3.upload_part, 400, "InvalidRequest", PartNumber=1, Body=b"a", ChecksumCRC32=crc32(b"a"), **upload)
for number in (0, 10001):
    refused(f"part {number}", s3.upload_part, 400, "InvalidArgument", PartNumber=number, Body=b"a", **upload)
check("still nothing", exists("폴더/"), False)
check("all refusals left it", [part["ETag"] for part in s3.list_parts(Bucket=bucket, **upload)["Parts"]], [one["ETag"], two["ETag"]])

done = complete(Bucket=bucket, MultipartUpload=parts, IfNoneMatch="*", MpuObjectSize=len(whole), ChecksumCRC64NVME=crc64(whole), ChecksumType="FULL_OBJECT", **upload)
etag = hashlib.md5(hashlib.md5(first).digest() + hashlib.md5(second).digest()).hexdigest()
check("done", [done.get(name) for name in ("ETag", "ChecksumCRC64NVME", "ChecksumType", "Bucket", "Key")], [f'"{etag}-2"', crc64(whole), "FULL_OBJECT", bucket, key])
check("the location", urllib.parse.unquote(done["Location"]), f"{endpoint}/{bucket}/{key}")
refused("once more", complete, 404, "NoSuchUpload", MultipartUpload=parts, **upload)
refused("a part too late", s3.upload_part, 404, "NoSuchUpload", PartNumber=1, Body=first, **upload)
refused("parts of the past", s3.list_parts, 404, "NoSuchUpload", **upload)
head = s3.head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
check("the head", [head.get(name) for name in ("ETag", "ContentLength", "ContentType", "CacheControl", "ContentDisposition", "Metadata", "StorageClass", "ChecksumCRC64NVME", "ChecksumType")],
      [f'"{etag}-2"', len(whole), "video/mp4", "max-age=60", 'attachment; filename="a"', {"who": "me"}, "STANDARD_IA", crc64(whole), "FULL_OBJECT"])
check("the tags", s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"], [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
check("the bytes", as_usual.get_object(Bucket=bucket, Key=key)["Body"].read() == whole, True)

# Sizes.
upload = start("small")
small = [send(upload, number, b"x" * (5 * MIB - 1)) for number in (1, 2)]
refused("a small part", complete, 400, "EntityTooSmall", MultipartUpload={"Parts": small}, **upload)
check("a small last part", complete(Bucket=bucket, MultipartUpload={"Parts": small[1:]}, **upload)["ETag"], f'"{hashlib.md5(hashlib.md5(b"x" * (5 * MIB - 1)).digest()).hexdigest()}-1"')
upload = start("empty")
complete(Bucket=bucket, MultipartUpload={"Parts": [send(upload, 10000, b"")]}, **upload)
check("an empty object", s3.head_object(Bucket=bucket, Key="empty")["ContentLength"], 0)

# Never by accident over what is there.
s3.put_object(Bucket=bucket, Key="there", Body=b"before", ContentType="text/plain")
refused("a PUT over it", s3.put_object, 412, "PreconditionFailed", Key="there", Body=b"after", IfNoneMatch="*")
upload = start("there")
part = send(upload, 1, b"after")
refused("parts over it", complete, 412, "PreconditionFailed", MultipartUpload={"Parts": [part]}, IfNoneMatch="*", **upload)
head = s3.head_object(Bucket=bucket, Key="there", ChecksumMode="ENABLED")
check("it is as before", (head["ETag"], head["ContentType"], head["ChecksumCRC64NVME"]), (f'"{hashlib.md5(b"before").hexdigest()}"', "text/plain", crc64(b"before")))
complete(Bucket=bucket, MultipartUpload={"Parts": [part]}, **upload)
check("replaced on purpose", s3.get_object(Bucket=bucket, Key="there")["Body"].read(), b"after")
race = [start("race") for _ in range(8)]
race = [(upload, send(upload, 1, str(number).encode())) for number, upload in enumerate(race)]
won = []


def run(upload, part):
    client = boto3.session.Session().client("s3", endpoint_url=endpoint, config=quiet)
    try:
        client.complete_multipart_upload(Bucket=bucket, MultipartUpload={"Parts": [part]}, IfNoneMatch="*", **upload)
        won.append(part["ETag"])
    except ClientError as error:
        check("who lost the race", error.response["Error"]["Code"], "PreconditionFailed")


threads = [threading.Thread(target=run, args=one) for one in race]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
check("one wins the race", len(won), 1)
put = s3.put_object(Bucket=bucket, Key="put", Body=b"123456789", IfNoneMatch="*")
check("a PUT's proof", (put["ChecksumCRC64NVME"], put["ChecksumType"]), ("rosUhgp5mIg=", "FULL_OBJECT"))

# Aborting and listing.
for upload in s3.list_multipart_uploads(Bucket=bucket)["Uploads"]:
    s3.abort_multipart_upload(Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"])
check("none under way", keys_under_way(), [])
keys = ["a/1", "a/2", "a/2", "b/한 글+&"]
uploads = [start(key, ChecksumAlgorithm="CRC64NVME") for key in keys]
check("all under way", keys_under_way(), keys)
listed = s3.list_multipart_uploads(Bucket=bucket, Prefix="a/", MaxUploads=2)
check("a page of them", ([upload["Key"] for upload in listed["Uploads"]], listed["IsTruncated"], listed["NextKeyMarker"]), (["a/1", "a/2"], True, "a/2"))
rest = s3.list_multipart_uploads(Bucket=bucket, Prefix="a/", KeyMarker=listed["NextKeyMarker"], UploadIdMarker=listed["NextUploadIdMarker"])
seen = [upload["UploadId"] for upload in listed["Uploads"] + rest["Uploads"]]
check("the rest of them", (sorted(seen), rest["IsTruncated"]), (sorted(upload["UploadId"] for upload in uploads[:3]), False))
check("after a key", [upload["Key"] for upload in s3.list_multipart_uploads(Bucket=bucket, KeyMarker="a/2")["Uploads"]], ["b/한 글+&"])
check("what they say", [(upload["ChecksumAlgorithm"], "Initiated" in upload) for upload in rest["Uploads"]], [("CRC64NVME", True)])
send(uploads[0], 1, b"a")
s3.abort_multipart_upload(Bucket=bucket, **uploads[0])
refused("aborted twice", s3.abort_multipart_upload, 404, "NoSuchUpload", **uploads[0])
refused("an id of nothing", s3.list_parts, 404, "NoSuchUpload", Key="a/1", UploadId="../objects")
refused("into an aborted one", s3.upload_part, 404, "NoSuchUpload", PartNumber=1, Body=b"b" * (8 * MIB), **uploads[0])
check("aborted", keys_under_way(), keys[1:])

# The other checksums, as boto3 sends them unless told.
started = as_usual.create_multipart_upload(Bucket=bucket, Key="crc32", ChecksumAlgorithm="CRC32")
check("composite", started["ChecksumType"], "COMPOSITE")
upload = {"Key": "crc32", "UploadId": started["UploadId"]}
sent = [as_usual.upload_part(Bucket=bucket, PartNumber=number, Body=data, ChecksumAlgorithm="CRC32", **upload) for number, data in ((1, first), (2, second))]
check("in the trailer", [part["ChecksumCRC32"] for part in sent], [crc32(first), crc32(second)])
named = [{"PartNumber": number, "ETag": part["ETag"], "ChecksumCRC32": part["ChecksumCRC32"]} for number, part in enumerate(sent, 1)]
done = as_usual.complete_multipart_upload(Bucket=bucket, MultipartUpload={"Parts": named}, **upload)
composite = crc32(b"".join(base64.b64decode(part["ChecksumCRC32"]) for part in sent)) + "-2"
check("checksum of checksums", (done["ChecksumCRC32"], done["ChecksumType"]), (composite, "COMPOSITE"))
check("and in the head", s3.head_object(Bucket=bucket, Key="crc32", ChecksumMode="ENABLED")["ChecksumCRC32"], composite)
upload = start("crc32 of all", ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
named = [send(upload, number, data) for number, data in ((1, first), (2, second))]
done = complete(Bucket=bucket, MultipartUpload={"Parts": named}, ChecksumCRC32=crc32(whole), **upload)
check("CRC-32 of all", (done["ChecksumCRC32"], done["ChecksumType"]), (crc32(whole), "FULL_OBJECT"))
refused("SHA-256 of all", s3.create_multipart_upload, 400, "InvalidRequest", Key="sha", ChecksumAlgorithm="SHA256", ChecksumType="FULL_OBJECT")
refused("a key that is none", s3.create_multipart_upload, 400, "InvalidArgument", Key="a/../../b")
refused("a public ACL", s3.create_multipart_upload, 400, "AccessControlListNotSupported", Key="acl", ACL="public-read")

# Presigned, as by somebody who has no keys.
upload = start("presigned")
url = s3.generate_presigned_url("upload_part", Params={"Bucket": bucket, "PartNumber": 1, **upload})
answer = requests.put(url, data=b"hello")
check("a presigned part", (answer.status_code, answer.headers["etag"]), (200, f'"{hashlib.md5(b"hello").hexdigest()}"'))
check("without a signature", requests.put(url.split("?")[0] + f"?partNumber=1&uploadId={upload['UploadId']}", data=b"x").status_code, 403)
s3.abort_multipart_upload(Bucket=bucket, **upload)
print("done")
