"""Sends files by presigned POST as people do it with boto3 and requests: a form signed and sent, one after the other.

usage: post_by_boto3.py ENDPOINT THREADS PATH     a file, or a folder's files
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import requests

endpoint, threads, path = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
client = boto3.client("s3", endpoint_url=endpoint)
session = requests.Session()
session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=threads))


def send(file):
    form = client.generate_presigned_post("bench", file.name)
    with open(file, "rb") as opened:
        session.post(form["url"], data=form["fields"], files={"file": opened}).raise_for_status()


files = sorted(path.iterdir()) if path.is_dir() else [path]
with ThreadPoolExecutor(threads) as pool:
    list(pool.map(send, files))
