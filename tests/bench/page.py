"""Puts the tables of results.json into a page, between its two marks, so that no number there is typed by hand.

usage: page.py RESULTS PAGE            writes the page
       page.py --check RESULTS PAGE    exit status 1 where the page says something else
"""

import json
import statistics
import sys
from pathlib import Path

BEGIN, END = "<!-- results.json begins -->", "<!-- results.json ends -->"


def seconds(runs, what):
    value = statistics.median(run[what] for run in runs)
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"


def contenders(row):
    yield f"**{row['what']}** ({row['date']}, {row['versions']['dropslot'].removeprefix('dropslot ')})\n"
    yield "| | wall | processor | peak memory | runs |\n|---|--:|--:|--:|--:|"
    for name, runs in row["contenders"].items():
        if not runs:
            continue
        peak = f"{statistics.median(run['peak_mib'] for run in runs):.0f} MiB"
        failed = row.get("failures", {}).get(name, 0)
        count = f"{len(runs)}, {failed} failed" if failed else len(runs)
        yield f"| {name} | {seconds(runs, 'wall')} | {seconds(runs, 'cpu')} | {peak} | {count} |"
    yield ""


def limits(rows):
    yield "| | measured | must hold | |\n|---|--:|---|---|"
    for row in rows.values():
        for limit in row["limits"]:
            # What has no contenders says it all itself.
            what = f"{row['what']}: {limit['what']}" if any(row["contenders"].values()) else limit["what"]
            verdict = "holds" if limit["ok"] else "**missed**"
            yield f"| {what} | {limit['measured']:.2f} | {limit['limit']} | {verdict} |"
    yield ""


def instructions(row):
    yield f"{row['what']}:\n\n| | instructions |\n|---|--:|"
    for name, counts in row["instructions"].items():
        counts = counts if isinstance(counts, list) else [counts]
        yield f"| {name} | {min(counts) / 1e6:.0f} million |"
    yield ""


def tables(rows):
    machines = sorted({row["machine"] for row in rows.values()})
    versions = next(iter(rows.values()))["versions"]
    yield f"Machine: {'; '.join(machines)}. " + ", ".join(f"{name} {said}" for name, said in versions.items() if name != "dropslot") + ".\n"
    for row in rows.values():
        if any(row["contenders"].values()):
            yield from contenders(row)
    yield from limits(rows)
    if "callgrind" in rows:
        yield from instructions(rows["callgrind"])


def main():
    check = sys.argv[1] == "--check"
    results, page = map(Path, sys.argv[1 + check : 3 + check])
    text = page.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    block = "\n".join(tables(json.loads(results.read_text())["rows"]))
    wanted = f"{before}{BEGIN}\n\n{block}\n{END}{after}"
    if not check:
        page.write_text(wanted)
    elif wanted != text:
        sys.exit(f"{page} does not say what {results} says: tests/bench/page.py {results} {page}")


main()
