"""Sends files by presigned POST with boto3 and requests, one after the other: a form signed, and sent.

usage: post_by_boto3.py ENDPOINT HOW PATH     a file, or a folder's files

HOW: `guide` as boto3's guide does it, with `requests.post` (guide/s3-presigned-urls.html); `session` with a session that
keeps its connections; a number: so many threads that share such a session.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import requests

endpoint, how, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
threads = int(how) if how.isdecimal() else 1
client = boto3.client("s3", endpoint_url=endpoint)
session = requests.Session()
session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=threads))
post = requests.post if how == "guide" else session.post


def send(file):
    form = client.generate_presigned_post("bench", file.name)
    with open(file, "rb") as opened:
        post(form["url"], data=form["fields"], files={"file": opened}).raise_for_status()


files = sorted(path.iterdir()) if path.is_dir() else [path]
with ThreadPoolExecutor(threads) as pool:
    list(pool.map(send, files))
