"""Runs contenders turn and turn about, and keeps what each took."""

import json
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

METER = [shutil.which("python3", path="/usr/bin:/bin"), "-I", "-S", Path(__file__).with_name("meter.py")]


class Failed(SystemExit):
    """A command ended otherwise than well; uncaught, it ends all."""


def run(command, environment, sink=None):
    """Wall and processor seconds, peak memory in MiB; with a sink, its processor seconds too."""
    reading, writing = os.pipe()
    before = sink.cpu() if sink else 0

    def give_descriptor_3():
        os.dup2(writing, 3)

    process = subprocess.run(
        [*METER, *command], env=environment, capture_output=True, close_fds=False, preexec_fn=give_descriptor_3
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        measured = said.read()
    if process.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{process.stdout.decode()}{process.stderr.decode()}")
    told = json.loads(measured) | ({"sink_cpu": sink.cpu() - before} if sink else {})
    return {what: round(value, 4) for what, value in told.items()}


@dataclass
class Contender:
    name: str
    command: object  # a list, or a function that gives one for the round
    rounds: int = 1000
    runs: list = field(default_factory=list)
    failures: int = 0

    def median(self, what):
        return statistics.median(run[what] for run in self.runs)


def alternate(contenders, pairs, once):
    """`once` is called with contender and round. Who goes first alternates: the later may find the processor warmer."""
    for round_ in range(pairs):
        taking_part = [contender for contender in contenders if round_ < contender.rounds]
        for contender in taking_part[:: 1 if round_ % 2 == 0 else -1]:
            try:
                contender.runs.append(once(contender, round_))
            except Failed:
                # Ours never may. That another's fails is a result, too.
                if contender is contenders[0]:
                    raise
                contender.failures += 1
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


@dataclass
class Limit:
    what: str
    measured: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def ok(self):
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def as_json(self):
        bound = "at least" if self.at_least else "at most"
        return {"what": self.what, "measured": round(self.measured, 4), "limit": f"{bound} {self.limit:g} {self.unit}".strip(), "ok": self.ok}


def ratio(ours, theirs, what="wall"):
    return ours.median(what) / theirs.median(what)


def table(contenders, gibibytes):
    ours = contenders[0]
    print(f"  {'':<34}{'wall s':>9}{'cpu s':>9}{'cpu s/GiB':>11}{'peak MiB':>10}{'sink cpu s':>12}{'ours: wall':>12}{'cpu':>7}")
    for one in contenders:
        if one.failures:
            print(f"  {one.name:<34}{one.failures} of {one.failures + len(one.runs)} runs failed")
        if not one.runs:
            continue
        wall, cpu = one.median("wall"), one.median("cpu")
        sink = f"{one.median('sink_cpu'):12.2f}" if "sink_cpu" in one.runs[0] else f"{'':>12}"
        against = "" if one is ours else f"{ratio(ours, one):11.2f}x{ratio(ours, one, 'cpu'):6.2f}x"
        print(f"  {one.name:<34}{wall:9.3f}{cpu:9.3f}{cpu / gibibytes:11.2f}{one.median('peak_mib'):10.1f}{sink}{against}")
