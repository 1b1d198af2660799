"""What is sent to: the sink, plain or with TLS, and the long, thin line before it. Each is built from its source and started anew."""

import contextlib
import os
import subprocess
from pathlib import Path

from field import BENCH, target_folder


class Servers:
    def __init__(self, folder, ending):
        self.folder, self.ending, self.started = folder, ending, 0

    def build(self, name, source):
        program = self.folder / name
        if not program.exists():
            subprocess.run(["rustc", "--edition", "2024", "-O", "-o", program, BENCH / source], check=True)
        return program

    def sink(self, file=None, **environment):
        return self.start(self.build("sink", "sink/main.rs"), *([file] if file else []), **environment)

    def tls_sink(self, file):
        """And the certificate to trust."""
        manifest, target = BENCH / "sink/Cargo.toml", target_folder() / "tools/bench-sink"
        build = ["cargo", "build", "--release", "--quiet", "--locked", "--features", "tls", "--manifest-path", manifest]
        subprocess.run([*build, "--target-dir", target], check=True)
        certificate, key = self.certificate()
        environment = {"SINK_CERTIFICATE": f"{certificate}.der", "SINK_KEY": f"{key}.der"}
        return self.start(target / "release/sink", file, scheme="https", **environment), certificate

    def certificate(self):
        certificate, key = self.folder / "certificate", self.folder / "key"
        if not certificate.exists():
            def openssl(*arguments):
                subprocess.run(["openssl", *arguments], check=True, capture_output=True)

            kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30"]
            name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
            # Some clients take no certificate for a server that could sign others.
            name += ["-addext", "basicConstraints=critical,CA:FALSE"]
            openssl("req", "-x509", *kind, *name, "-keyout", key, "-out", certificate)
            openssl("x509", "-in", certificate, "-outform", "DER", "-out", f"{certificate}.der")
            openssl("pkcs8", "-topk8", "-nocrypt", "-in", key, "-outform", "DER", "-out", f"{key}.der")
        return certificate, key

    def line(self, sink, seed):
        """The sink behind 80 ms and 4 MiB/s a connection, which breaks after one piece in 1,000."""
        return self.start(self.build("shaper", "shaper.rs"), str(sink.port), f"seed={seed}")

    def start(self, program, *arguments, scheme="http", **environment):
        self.started += 1
        server = Server([program, *arguments], scheme, self.folder / f"said-{self.started}", environment)
        self.ending.callback(server.stop)
        return server


class Server:
    def __init__(self, command, scheme, said, environment):
        # A file, not a pipe: nobody has to read it for the server to go on.
        self.said = open(said, "w+")
        self.process = subprocess.Popen(command, stdout=self.said, env=os.environ | environment)
        while not (port := self.line(0)):
            if self.process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {self.process.returncode}")
        self.port = int(port)
        self.url = f"{scheme}://127.0.0.1:{self.port}"

    def lines(self):
        return Path(self.said.name).read_text().splitlines()

    def line(self, number):
        lines = Path(self.said.name).read_text().split("\n")
        return lines[number] if len(lines) > number + 1 else ""

    def cpu(self):
        """Seconds of processor time so far, by the hundredth."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self.said.close()
