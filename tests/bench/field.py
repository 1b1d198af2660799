"""The tools of the field: where they come from, how each is told to upload a file or a folder, and the environment they run in."""

import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "tests/bench"


def target_folder():
    metadata = subprocess.check_output(["cargo", "metadata", "--no-deps", "--format-version", "1"], cwd=ROOT)
    return Path(json.loads(metadata)["target_directory"])


def install_packages(**package_of_program):
    """By apt, as root or with sudo."""
    missing = [package for program, package in package_of_program.items() if not shutil.which(program)]
    if missing:
        as_root = [] if os.geteuid() == 0 else ["sudo"]
        subprocess.run([*as_root, "apt-get", "update", "-q"], check=True, stdout=sys.stderr)
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-q", "-y", "--no-install-recommends"]
        subprocess.run([*as_root, *apt, *missing], check=True, stdout=sys.stderr)


def python_tools():
    """The folder of the programs of requirements.txt, in an environment below the target folder."""
    wanted, there = BENCH / "requirements.txt", target_folder() / "tools/bench-venv"
    if not ((there / "requirements.txt").exists() and filecmp.cmp(wanted, there / "requirements.txt", shallow=False)):
        shutil.rmtree(there, ignore_errors=True)
        subprocess.run(["/usr/bin/python3", "-m", "venv", there], check=True)
        pip = [there / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", wanted]
        subprocess.run(pip, check=True)
        shutil.copy(wanted, there)
    return there / "bin"


class Field:
    """The programs, and a person's environment who has set up nothing but keys."""

    def __init__(self, folder):
        install_packages(curl="curl", rclone="rclone", openssl="openssl", valgrind="valgrind")
        self.programs = python_tools()
        self.dropslot_program = os.environ.get("DROPSLOT") or self.release_build()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "LANG": "C.UTF-8",
            "TMPDIR": str(folder),
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "*",
        }
        (folder / "home").mkdir()

    @staticmethod
    def release_build():
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        return str(target_folder() / "release/dropslot")

    def versions(self):
        def of(*command):
            said = subprocess.run(command, capture_output=True, text=True, env=self.environment)
            return (said.stdout + said.stderr).splitlines()[0].strip()

        commit = subprocess.check_output(["git", "log", "-1", "--format=%h of %cs"], cwd=ROOT, text=True).strip()
        return {
            "dropslot": f"{of(self.dropslot_program, '--version')}, {commit}",
            "curl": " ".join(of("curl", "--version").split()[:2]),
            "s5cmd": of(self.programs / "s5cmd", "version"),
            "AWS CLI": of(self.programs / "aws", "--version").split()[0],
            "rclone": of("rclone", "version"),
            "boto3": of(self.programs / "python", "-c", "import boto3, requests as r; print(boto3.__version__, 'requests', r.__version__)"),
        }

    def dropslot(self, url, *more):
        destination = ["--endpoint-url", url, "--bucket", "bench"]
        return [self.dropslot_program, "put", *destination, "--if-exists", "replace", "--no-probe", "--quiet", *map(str, more)]

    def curl(self, url, file, *more):
        said = ["--disable", "--silent", "--show-error", "--fail", "--output", "/dev/null"]
        form = ["-F", "key=bench", "-F", "success_action_status=201", "-F", f"file=@{file}"]
        return [shutil.which("curl"), *said, *more, *form, f"{url}/bench"]

    def s5cmd(self, url, path):
        what = f"{path}/*" if path.is_dir() else str(path)
        return [str(self.programs / "s5cmd"), "--endpoint-url", url, "cp", what, f"s3://bench/{path.name}/"]

    def aws(self, url, path):
        recursive = ["--recursive"] if path.is_dir() else []
        copy = ["s3", "cp", "--only-show-errors", *recursive, str(path), f"s3://bench/{path.name}"]
        return [str(self.programs / "aws"), "--endpoint-url", url, *copy]

    def rclone(self, url, path):
        # A value with a colon stands in quotes. Its folder is its own: where there is a file of that name, rclone refuses.
        store = f":s3,provider=Other,env_auth=true,region=us-east-1,endpoint='{url}':bench/rclone/{path.name}"
        # It would leave out what is there already.
        return [shutil.which("rclone"), "--config", "/dev/null", "copy", "--ignore-times", str(path), store]

    def boto3(self, url, path, how="guide"):
        return [str(self.programs / "python"), str(BENCH / "post_by_boto3.py"), url, how, str(path)]
