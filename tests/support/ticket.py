"""A form for one file as somebody hands it over, signed by botocore with the machine's AWS profile.

usage: ticket.py HOW BUCKET OBJECT_KEY ENDPOINT_URL

HOW: boto3          generate_presigned_post, printed as JSON
     boto3-v2       the same by the older signature, as boto3 signs by default in its oldest regions
     mc             what `mc share upload` prints
     mc-recursive   what `mc share upload --recursive` prints, with OBJECT_KEY as the prefix
     mc-json        what `mc share upload --json` prints
     put            a presigned PUT's URL
     curl-put       a presigned PUT as a curl line
     expired        as boto3, a minute too late
"""

import json
import re
import sys

import boto3
from botocore.config import Config


def client(endpoint_url, version):
    config = Config(signature_version=version, s3={"addressing_style": "path"})
    return boto3.client("s3", endpoint_url=endpoint_url, config=config)


def shell_quoted(text):
    """As mc does: https://github.com/minio/mc/blob/master/cmd/share-upload-main.go (`shellQuote`)."""
    return re.sub(r"""([&;#$` \t\n<>()|'"])""", r"\\\1", text)


def mc_line(post, name=""):
    """As mc does (`makeCurlCmd`): the key and the file last, the key alone quoted."""
    fields = dict(post["fields"])
    key = fields.pop("key").removesuffix("${filename}")
    words = [f"-F {field}={value}" for field, value in fields.items()]
    return " ".join(["curl", post["url"] + " ", *words, f"-F key={shell_quoted(key)}{name}", "-F file=@<FILE>"])


def mc_message(line):
    return f"URL: a-store/bucket\nExpire: 7 days 0 hours 0 minutes 0 seconds\nShare: {line}\n"


def main():
    how, bucket, object_key, endpoint_url = sys.argv[1:]
    s3 = client(endpoint_url, "s3" if how == "boto3-v2" else "s3v4")
    if how in ("put", "curl-put"):
        url = s3.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": object_key}, ExpiresIn=300)
        return print(url if how == "put" else f"curl -X PUT --upload-file FILE '{url}'")
    if how == "mc-recursive":
        object_key += "${filename}"
    post = s3.generate_presigned_post(bucket, object_key, ExpiresIn=-60 if how == "expired" else 300)
    if how == "mc":
        return print(mc_message(mc_line(post)))
    if how == "mc-recursive":
        return print(mc_message(mc_line(post, "<NAME>")))
    if how == "mc-json":
        return print(json.dumps({"status": "success", "url": post["url"], "share": mc_line(post), "timeLeft": 604800}))
    print(json.dumps(post))


main()
