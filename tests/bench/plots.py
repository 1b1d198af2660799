"""Draws results.json: what every tool of a row took, and how put's cost grows with its work.

usage: plots.py RESULTS FOLDER
"""

import json
import math
import statistics
import sys
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot

# Grey that can be read on white and on black; Dropslot's own colour, and the others'.
TEXT, OURS, THEIRS = "#7d8590", "#2f81f7", "#9da7b3"
# Text stays text, and the same results give the same file.
pyplot.rcParams |= {
    "svg.fonttype": "none", "svg.hashsalt": "bench", "font.sans-serif": ["DejaVu Sans"], "font.size": 9,
    "text.color": TEXT, "axes.labelcolor": TEXT, "axes.edgecolor": TEXT, "xtick.color": TEXT, "ytick.color": TEXT,
    "axes.spines.top": False, "axes.spines.right": False, "axes.titlesize": 9,
}
TITLES = {
    "post": "1 GiB by form, HTTP", "tls": "1 GiB by form, TLS", "parts": "1 GiB in parts, HTTP",
    "small": "10,000 files of 4 KiB", "line": "256 MiB, 80 ms, 4 MiB/s a connection",
}


def save(figure, file):
    figure.savefig(file, transparent=True, bbox_inches="tight", metadata={"Date": None})


def tools(rows, file):
    shown = [name for name in TITLES if name in rows]
    if not shown:
        return
    heights = [len(rows[name]["contenders"]) for name in shown]
    figure, axes = pyplot.subplots(len(shown), 1, figsize=(7.5, 0.26 * sum(heights) + 0.75 * len(shown)), squeeze=False,
                                   gridspec_kw={"height_ratios": heights}, layout="constrained")
    for name, axis in zip(shown, axes[:, 0]):
        runs = rows[name]["contenders"]
        walls = [statistics.median(run["wall"] for run in of_one) for of_one in runs.values()]
        bars = axis.barh(list(runs), walls, color=[OURS] + [THEIRS] * (len(runs) - 1), height=0.7)
        axis.bar_label(bars, [f"{wall:.2f} s" for wall in walls], padding=3, color=TEXT)
        axis.set_title(f"{TITLES[name]}: seconds, median of {max(map(len, runs.values()))} turns", loc="left")
        axis.invert_yaxis()
        axis.set_xlim(0, max(walls) * 1.12)
        axis.tick_params(left=False)
        axis.xaxis.set_visible(False)
        axis.spines[:].set_visible(False)
    save(figure, file)


def slope(points, what, count=3):
    """Of the line through the last points in logarithms: 1 is a cost that grows as the work does."""
    xs = [math.log(point["size"]) for point in points[-count:]]
    ys = [math.log(point[what]) for point in points[-count:]]
    return statistics.linear_regression(xs, ys).slope


def growth(rows, file):
    shown = [(name, unit) for name, unit in (("scale-files", "files of 4 KiB"), ("scale-bytes", "MiB in one file")) if name in rows]
    if not shown:
        return
    figure, axes = pyplot.subplots(1, len(shown), figsize=(3.9 * len(shown), 3), squeeze=False, layout="constrained")
    for (name, unit), axis in zip(shown, axes[0]):
        points = rows[name]["points"]
        for what, colour, label in (("wall", OURS, "wall"), ("cpu", THEIRS, "processor")):
            line = [point[what] for point in points]
            axis.loglog([point["size"] for point in points], line, "o-", color=colour, markersize=4, label=f"{label}, slope {slope(points, what):.2f}")
        axis.minorticks_off()
        axis.set_xlabel(unit)
        axis.set_ylabel("seconds")
        axis.legend(frameon=False, labelcolor=TEXT)
    save(figure, file)


def main():
    rows, folder = json.loads(Path(sys.argv[1]).read_text())["rows"], Path(sys.argv[2])
    tools(rows, folder / "tools.svg")
    growth(rows, folder / "growth.svg")


main()
