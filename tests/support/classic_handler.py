"""The handlers that people have, unchanged: the one of the tutorial, and its relatives behind a proxy."""

import base64
import json
import os

import boto3
from botocore.client import Config

bucket_name = os.environ["BUCKET"]


def s3():
    style = {"addressing_style": "path"} if os.environ.get("AWS_ENDPOINT_URL_S3") else {}
    return boto3.client("s3", config=Config(s3=style))


def classic(event, context):
    object_name = event["object_name"]
    fields = {"acl": "public-read", "Content-Type": "png"}
    conditions = [{"acl": "public-read"}, {"Content-Type": "png"}]
    expiration = 3600
    return s3().generate_presigned_post(
        bucket_name, object_name, Fields=fields, Conditions=conditions, ExpiresIn=expiration
    )


def plain(event, context):
    """Without an ACL, which most buckets refuse today."""
    return s3().generate_presigned_post(bucket_name, event["object_name"], ExpiresIn=3600)


def asked(event):
    if event.get("queryStringParameters"):
        return event["queryStringParameters"]
    body = event.get("body") or "{}"
    return json.loads(base64.b64decode(body) if event.get("isBase64Encoded") else body)


def proxy(event, context):
    """Behind a function URL or a proxy: the event is the request, the answer a response."""
    question = asked(event)
    post = s3().generate_presigned_post(
        bucket_name,
        question["object_name"],
        Fields={"Content-Type": question["content_type"], "success_action_status": "201"},
        Conditions=[
            {"Content-Type": question["content_type"]},
            {"success_action_status": "201"},
            ["content-length-range", 0, 1048576],
        ],
        ExpiresIn=300,
    )
    body = json.dumps({"data": post})
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": body}


def encoded(event, context):
    answer = proxy(event, context)
    answer["body"] = base64.b64encode(answer["body"].encode()).decode()
    answer["isBase64Encoded"] = True
    return answer


def renamed(event, context):
    """Asks for other names, and answers by others."""
    question = asked(event)
    post = s3().generate_presigned_post(bucket_name, question["file"]["name"], ExpiresIn=300)
    return {"statusCode": 200, "body": json.dumps({"uploadURL": post["url"], "formData": post["fields"]})}


def put(event, context):
    url = s3().generate_presigned_url(
        "put_object", Params={"Bucket": bucket_name, "Key": asked(event)["object_name"]}, ExpiresIn=300
    )
    return {"statusCode": 200, "body": json.dumps({"uploadURL": url})}


def broken(event, context):
    return event["no_such_name"]


FORMS = {
    "expired": lambda post: post,
    "other-key": lambda post: {**post, "fields": {**post["fields"], "key": "another.png"}},
    "file-field": lambda post: {**post, "fields": {**post["fields"], "file": "x"}},
    "line-break": lambda post: {**post, "fields": {**post["fields"], "x-ignore-a": "CANARYvalue\r\nX: y"}},
    "plain-http": lambda post: {**post, "url": "http://192.0.2.1/bucket"},
    "duplicate": lambda post: json.dumps(post).replace('"key":', '"key": "CANARYvalue", "key":'),
}


def hostile(event, context):
    """A form that must not be sent: which, says the name that is asked for."""
    object_name = event["object_name"]
    kind = object_name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    expires_in = -60 if kind == "expired" else 300
    return FORMS[kind](s3().generate_presigned_post(bucket_name, object_name, ExpiresIn=expires_in))


def same_key(event, context):
    return s3().generate_presigned_post(bucket_name, "always-the-same.png", ExpiresIn=300)


def images_only(event, context):
    conditions = [["starts-with", "$Content-Type", "image/"], ["content-length-range", 1, 1000]]
    return s3().generate_presigned_post(bucket_name, event["object_name"], Conditions=conditions, ExpiresIn=300)
