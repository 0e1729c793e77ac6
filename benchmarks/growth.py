"""Does a submission cost the same among ten thousand as among ten, and does memory stay flat?

    python benchmarks/growth.py [--lab lab1] [--counts 10 100 1000 10000] [--jobs 2] [--output FILE.json]
    python benchmarks/growth.py --plot docs/pictures/growth.svg FILE.json [FILE.json ...]

Copies of the lab's solved notebook, each made different by a comment with its number, graded in one run per count; then
the same command again, with nothing to do. Told per count: seconds by the clock and of CPU, start-up and class report
included; the peak of the command's own process (the one that must stay flat) and of all processes; the second run's
seconds per 1,000. The folder for it all is made in $TMPDIR and removed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import run
from nbgrader_throughput import ROOT, solved


def hand_in(submitted: Path, lab: str, first: int, count: int) -> None:
    """Students `first` to `count`, no two files the same."""
    notebook = solved(lab)
    cell = next(cell for cell in notebook["cells"] if cell["id"].endswith("_answer"))
    answer = cell["source"]
    for number in range(first, count):
        cell["source"] = [*answer, f"\n# student {number}"]
        folder = submitted / f"student{number:05}" / lab
        folder.mkdir(parents=True)
        (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))


def measured(lab: str, counts: list[int], jobs: int) -> list[dict[str, Any]]:
    """One row per count."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        submitted = Path(name, "submitted")
        handed_in = 0
        for count in counts:
            hand_in(submitted, lab, handed_in, count)
            handed_in = count
            results = Path(name, f"results{count}")
            command = [sys.executable, "-m", "autograder", "grade", lab, "--jobs", str(jobs)]
            command += ["--submitted", str(submitted), "--results", str(results)]
            first, second = run(command, cwd=ROOT), run(command, cwd=ROOT)
            records = len(list((results / lab).glob("*.json")))
            assert records == count, f"{records} records of {count} submissions"
            rows.append({
                "lab": lab, "count": count, "jobs": jobs, "wall": first.wall, "cpu": first.cpu,
                "own_mib": first.own_mib, "tree_mib": first.tree_mib, "again": second.wall,
                "again_cpu": second.cpu, "again_own_mib": second.own_mib,
            })  # fmt: skip
            print(shown(rows[-1]), flush=True)
    return rows


def shown(row: dict[str, Any]) -> str:
    """A line of the table."""
    count = row["count"]
    again = f"{row['again']:8.2f} {row['again_cpu']:8.2f} {1000 * row['again'] / count:11.2f}"
    each = f"{1000 * row['wall'] / count:10.1f} {1000 * row['cpu'] / count:9.1f}"
    return f"{row['lab']:<18} {count:6} {each} {row['own_mib']:9.0f} {row['tree_mib']:9.0f} {again}"


def plotted(files: list[Path], picture: Path) -> None:
    """Time per submission and memory over the number of submissions, as an SVG."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "growth"  # the same file from the same figures
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for file, marker in zip(files, "osD^", strict=False):
        rows = json.loads(file.read_text())
        counts = [row["count"] for row in rows]
        left.plot(counts, [1000 * row["wall"] / row["count"] for row in rows], marker=marker, label=rows[0]["lab"])
        right.plot(counts, [row["own_mib"] for row in rows], marker=marker, label=rows[0]["lab"])
    for axes, title in (
        (left, "ms per submission, by the clock"),
        (right, "peak memory of the command's process, MiB"),
    ):
        axes.set(xscale="log", xlabel="submissions in one run", title=title)
        axes.set_ylim(bottom=0)
        axes.legend(loc="center right")
    figure.savefig(picture, metadata={"Date": None})


def main() -> None:
    """Measure, or draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="with --plot: what earlier runs wrote")
    parser.add_argument("--lab", default="lab1_scalar_lstm")
    parser.add_argument("--counts", nargs="+", type=int, default=[10, 100, 1000, 10_000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--output", type=Path, help="the figures as JSON")
    parser.add_argument("--plot", type=Path, metavar="SVG")
    options = parser.parse_args()
    if options.plot:
        plotted(options.files, options.plot)
        return
    lab = next(path.name for path in sorted((ROOT / "solutions").iterdir()) if path.name.startswith(options.lab))
    print(f"{os.cpu_count()} cores, load at the start {os.getloadavg()[0]:.1f}; per submission in ms, memory in MiB")
    heads = f"{'wall':>10} {'CPU':>9} {'own MiB':>9} {'all MiB':>9} {'again s':>8} {'its CPU':>8} {'s per 1,000':>11}"
    print(f"{'lab':<18} {'n':>6} {heads}")
    rows = measured(lab, options.counts, options.jobs)
    if options.output:
        options.output.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
