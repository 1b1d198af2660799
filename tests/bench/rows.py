"""The rows: what is sent, by whom, to what, and what must hold."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from field import BENCH, ROOT
from measure import Contender, Limit, alternate, ratio, run, table

MIB = 1024 * 1024
GIB = 1024 * MIB
# Rounds of those that no limit is held against: enough to see where they stand.
SHOWN = 3


def lasting(run):
    """What is worth writing down of it."""
    return {what: value for what, value in run.items() if what != "started_at"}


class Rows:
    def __init__(self, field, servers, folder, pairs):
        self.field, self.servers, self.folder, self.pairs = field, servers, folder, pairs

    # ---- what is sent ----

    def file(self, mebibytes):
        """Of random bytes."""
        file = self.folder / f"random-{mebibytes}"
        if not file.exists():
            with open("/dev/urandom", "rb") as random, open(file, "wb") as written:
                for _ in range(mebibytes):
                    written.write(random.read(MIB))
        return file

    def sparse(self, mebibytes):
        file = self.folder / f"sparse-{mebibytes}"
        with open(file, "wb") as sparse:
            sparse.truncate(mebibytes * MIB)
        return file

    def files(self, count, size_bytes):
        folder = self.folder / f"{count}-of-{size_bytes}"
        if not folder.exists():
            folder.mkdir()
            with open("/dev/urandom", "rb") as random:
                for number in range(count):
                    (folder / f"{number:06}.bin").write_bytes(random.read(size_bytes))
        return folder

    # ---- how it is measured ----

    def environment(self, **more):
        """As of a person who has uploaded nothing yet."""
        shutil.rmtree(self.field.environment["HOME"])
        (self.folder / "home").mkdir()
        return self.field.environment | more

    def field_day(self, contenders, gibibytes, sink, environment):
        """Everyone once unmeasured: the files are in memory then, and the programs. Then turn and turn about."""
        for contender in contenders:
            run(contender.command, environment)
        alternate(contenders, self.pairs, lambda contender, _: run(contender.command, environment, sink))
        table(contenders, gibibytes)

    @staticmethod
    def result(contenders, limits, **more):
        runs = {one.name: [lasting(run) for run in one.runs] for one in contenders}
        failures = {one.name: one.failures for one in contenders if one.failures}
        return more | {"contenders": runs, "failures": failures, "limits": [limit.as_json() for limit in limits]}

    # ---- one large file ----

    def post(self):
        """1 GiB by form over HTTP"""
        file = self.file(1024)
        sink = self.servers.sink(file)
        environment = self.environment()
        self.is_proven(sink.url, file, environment, "--method", "post")
        ours = Contender("dropslot put", self.field.dropslot(sink.url, "--key", "bench", "--method", "post", file))
        curl = Contender("curl -F", self.field.curl(sink.url, file))
        boto3 = Contender("boto3 + requests", self.field.boto3(sink.url, file), rounds=SHOWN)
        contenders = [ours, curl, boto3]
        self.field_day(contenders, 1, sink, environment)
        return self.result(contenders, [
            Limit("wall time, of curl's", ratio(ours, curl), 1.0, "x"),
            Limit("processor time, of curl's", ratio(ours, curl, "cpu"), 1.15, "x"),
        ])

    def tls(self):
        """1 GiB by form over TLS 1.3"""
        file = self.file(1024)
        sink, certificate = self.servers.tls_sink(file)
        environment = self.environment(AWS_CA_BUNDLE=str(certificate))
        self.is_proven(sink.url, file, environment, "--method", "post")
        ours = Contender("dropslot put", self.field.dropslot(sink.url, "--key", "bench", "--method", "post", file))
        curl = Contender("curl -F", self.field.curl(sink.url, file, "--cacert", str(certificate)))
        self.field_day([ours, curl], 1, sink, environment)
        return self.result([ours, curl], [Limit("wall time, of curl's", ratio(ours, curl), 1.0, "x")])

    def parts(self):
        """1 GiB in parts over HTTP"""
        file = self.file(1024)
        sink = self.servers.sink(file)
        environment = self.environment()
        self.is_proven(sink.url, file, environment, "--method", "parts")
        ours = Contender("dropslot put --method parts", self.field.dropslot(sink.url, "--method", "parts", file))
        s5cmd = Contender("s5cmd cp", self.field.s5cmd(sink.url, file))
        contenders = [
            ours, s5cmd,
            Contender("aws s3 cp", self.field.aws(sink.url, file), rounds=SHOWN),
            Contender("rclone copy", self.field.rclone(sink.url, file), rounds=SHOWN),
        ]
        self.field_day(contenders, 1, sink, environment)
        return self.result(contenders, [Limit("wall time, of s5cmd's", ratio(ours, s5cmd), 0.6, "x")])

    def is_proven(self, url, file, environment, *more):
        """The proof must be on, or it is another race."""
        command = self.field.dropslot(url, *more, "--json", file)
        said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        if '"proof":"crc64nvme"' not in said:
            sys.exit(f"the proof is not on: {said}")

    # ---- many small files ----

    def small(self):
        """10,000 files of 4 KiB over HTTP"""
        folder = self.files(10_000, 4096)
        sink = self.servers.sink()
        environment = self.environment()
        self.is_proven(sink.url, next(folder.iterdir()), environment)
        ours = Contender("dropslot put", self.field.dropslot(sink.url, folder))
        s5cmd = Contender("s5cmd cp", self.field.s5cmd(sink.url, folder))
        boto3 = Contender("boto3 + requests", self.field.boto3(sink.url, folder))
        session = Contender("boto3 + requests, one session", self.field.boto3(sink.url, folder, "session"), rounds=SHOWN)
        contenders = [
            ours, s5cmd, boto3, session,
            Contender("boto3 + requests, 10 threads", self.field.boto3(sink.url, folder, "10"), rounds=SHOWN),
            Contender("aws s3 cp --recursive", self.field.aws(sink.url, folder), rounds=SHOWN),
            Contender("rclone copy", self.field.rclone(sink.url, folder), rounds=SHOWN),
        ]
        alternate(contenders, self.pairs, lambda contender, _: run(contender.command, environment, sink))
        table(contenders, 10_000 * 4096 / GIB)
        return self.result(contenders, [
            Limit("wall time, of s5cmd's", ratio(ours, s5cmd), 0.5, "x"),
            Limit("faster than boto3 + requests", ratio(boto3, ours), 10, "x", at_least=True),
            Limit("faster than boto3 + requests, one session", ratio(session, ours), 10, "x", at_least=True),
        ])

    # ---- a long, thin line ----

    def line(self):
        """256 MiB over 80 ms, 4 MiB/s a connection, 0.1 % of the pieces break theirs"""
        file = self.file(256)
        sink = self.servers.sink(file)
        environment = self.environment()
        contenders = [
            Contender("dropslot put --method parts", lambda url: self.field.dropslot(url, "--method", "parts", file)),
            Contender("aws s3 cp", lambda url: self.field.aws(url, file)),
            # Far behind, and slow.
            Contender("s5cmd cp", lambda url: self.field.s5cmd(url, file), rounds=SHOWN),
            Contender("rclone copy", lambda url: self.field.rclone(url, file), rounds=SHOWN),
        ]

        def over_the_line(contender, round_):
            # Whoever sends as much meets as many breaks in a round.
            line = self.servers.line(sink, seed=round_ + 1)
            try:
                measured = run(contender.command(line.url), environment, sink)
            finally:
                line.stop()
            said = line.lines()
            at_once = max(int(words.split()[1]) for words in said if words.startswith("connection"))
            return measured | {"connections": at_once, "breaks": said.count("reset")}

        alternate(contenders, self.pairs, over_the_line)
        table(contenders, 0.25)
        contenders = [one for one in contenders if one.runs]
        for one in contenders:
            print(f"  {one.name:<34}{one.median('connections'):4.0f} connections at once, {one.median('breaks'):.0f} broken")
        ours, *others = contenders
        best = min(others, key=lambda one: one.median("wall"))
        return self.result(contenders, [Limit(f"wall time, of the best other's ({best.name})", ratio(ours, best), 1.0, "x")])

    # ---- memory, start ----

    def memory(self):
        """Peak memory of put"""
        peaks, limits = {}, []
        for mebibytes in (1, 1024, 5 * 1024):
            file = self.sparse(mebibytes)
            sink = self.servers.sink(file)
            command = self.field.dropslot(sink.url, "--method", "post", file)
            peaks[f"{mebibytes} MiB by form"] = run(command, self.environment())["peak_mib"]
        limits += [Limit(f"peak memory, {what}", peak, 32, "MiB") for what, peak in peaks.items()]
        folder = self.files(100_000, 1)
        peak = run(self.field.dropslot(self.servers.sink().url, folder), self.environment())["peak_mib"]
        limits.append(Limit("peak memory, 100,000 files of 1 byte", peak, 120, "MiB"))
        return self.result([], limits, peaks_mib=peaks | {"100,000 files": peak})

    def first_byte(self):
        """From the start of put until the first file has arrived, 4 KiB, static keys, warm"""
        file = next(self.files(10_000, 4096).iterdir())
        sink = self.servers.sink(SINK_TELLS="all")
        environment = self.environment()
        milliseconds = []
        for number in range(31):
            started = run(self.field.dropslot(sink.url, file), environment)["started_at"]
            arrived = float(sink.line(number + 1).split()[2])
            milliseconds.append((arrived - started) * 1000)
        # The first is cold.
        median = statistics.median(milliseconds[1:])
        limit = Limit("to the first file's arrival, median of 30", median, 30, "ms")
        return self.result([], [limit], milliseconds=[round(time, 2) for time in milliseconds])

    # ---- growth ----

    def scale_files(self):
        """1 to 100,000 files of 4 KiB"""
        sink = self.servers.sink()
        points = self.growth(
            [(count, sink, self.files(count, 4096)) for count in (1, 10, 100, 1000, 10_000, 100_000)], "files"
        )
        each = [points[-1]["wall"] / points[-1]["size"], points[-2]["wall"] / points[-2]["size"]]
        limit = Limit("a file of 100,000 beside one of 10,000, wall", each[0] / each[1], 1.1, "x")
        return self.result([], [limit], points=points)

    def scale_bytes(self):
        """1 MiB to 5 GiB in one file"""
        files = [(mebibytes, self.sparse(mebibytes)) for mebibytes in (1, 4, 16, 64, 256, 1024, 5 * 1024)]
        points = self.growth([(size, self.servers.sink(file), file) for size, file in files], "MiB", "--method", "post")
        each = [points[-1]["wall"] / points[-1]["size"], points[-2]["wall"] / points[-2]["size"]]
        limit = Limit("a MiB of 5 GiB beside one of 1 GiB, wall", each[0] / each[1], 1.1, "x")
        return self.result([], [limit], points=points)

    def growth(self, steps, unit, *more):
        """Three times each, the medians."""
        points = []
        for size, sink, path in steps:
            environment = self.environment()
            command = self.field.dropslot(sink.url, *more, path)
            runs = [run(command, environment, sink) for _ in range(3)]
            points.append({"size": size} | {what: statistics.median(run[what] for run in runs) for what in lasting(runs[0])})
            wall, cpu, peak = (points[-1][what] for what in ("wall", "cpu", "peak_mib"))
            print(f"  {size:>8,} {unit:<6}{wall:9.3f} s wall{cpu:9.3f} s cpu{peak:8.1f} MiB{wall / size * 1e6:12.1f} µs each")
        return points

    # ---- what noise hides ----

    def callgrind(self):
        """Instructions of put, counted by valgrind, twice: threads make them differ a little"""
        counted = {}
        for what, path, file in (
            ("1 file of 4 KiB", self.files(1, 4096), None),
            ("1,000 files of 4 KiB", self.files(1000, 4096), None),
            ("64 MiB by form", self.file(64), self.file(64)),
        ):
            counted[what] = [self.instructions(path, self.servers.sink(file)) for _ in range(2)]
            print(f"  {what:<34}", *(f"{count / 1e6:12.1f} million" for count in counted[what]))
        return self.result([], [], instructions=counted)

    def instructions(self, path, sink):
        count = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={self.folder}/callgrind"]
        command = [*count, *self.field.dropslot(sink.url, "--method", "post", path)]
        said = subprocess.run(command, env=self.environment(), check=True, capture_output=True, text=True).stderr
        return int(re.search(r"Collected : (\d+)", said)[1])

    def size(self):
        """The release binary"""
        megabytes = Path(self.field.dropslot_program).stat().st_size / 1e6
        return self.result([], [Limit("release binary", megabytes, 25, "MB")])

    def build(self):
        """A clean release build, with the dependencies' sources at hand"""
        target = self.folder / "target"
        begun = time.perf_counter()
        subprocess.run(["cargo", "build", "--release", "--quiet", "--target-dir", target], cwd=ROOT, check=True)
        seconds = time.perf_counter() - begun
        print(f"  {seconds:.0f} s")
        return self.result([], [], seconds=seconds)

    def window(self):
        """The window, by tests/bench/window"""
        environment = os.environ | {"DROPSLOT": self.field.dropslot_program}
        status = subprocess.run([BENCH / "window"], env=environment).returncode
        return self.result([], [Limit("what the window missed", status, 0)])
