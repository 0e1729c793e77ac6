"""What `--cluster` costs over `--jobs`: the same submissions on as many local processes, in one run.

    python benchmarks/cluster_overhead.py [LAB] [SUBMISSIONS] [WORKERS]

First `--jobs WORKERS` (2), then a `LocalCluster` of WORKERS processes with one thread each. Seconds by the clock;
starting the warm servers counts in both, starting the cluster in neither. All records must be the same but for times.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from contenders import hand_in
from distributed import LocalCluster
from measure import run
from nbgrader_throughput import ROOT

VARIES = {"started_at", "seconds", "cpu_seconds"}


def essence(results: Path) -> dict[str, dict[str, Any]]:
    """All records less their times."""
    found = {path.stem: json.loads(path.read_bytes()) for path in results.glob("*/*.json")}
    return {name: {key: value for key, value in one.items() if key not in VARIES} for name, one in found.items()}


def main() -> None:
    """Measure and print."""
    lab = sys.argv[1] if sys.argv[1:] else "lab1_scalar_lstm"
    count, workers = (int(sys.argv[n]) if sys.argv[n:] else default for n, default in ((2, 400), (3, 2)))
    with (
        tempfile.TemporaryDirectory() as name,
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=name
        ) as cluster,
    ):
        folder = Path(name)
        hand_in(folder / "submitted", lab, count)
        command = [sys.executable, "-m", "autograder", "grade", lab, "--submitted", str(folder / "submitted")]
        here = run([*command, "--jobs", str(workers), "--results", str(folder / "here")], cwd=ROOT)
        there = run([*command, "--cluster", cluster.scheduler_address, "--results", str(folder / "there")], cwd=ROOT)
        same = essence(folder / "here") == essence(folder / "there")
    print(
        f"{lab}, {count} submissions: --jobs {workers} {here.wall:.2f} s, --cluster with {workers} {there.wall:.2f} s"
    )
    print(f"overhead {100 * (there.wall / here.wall - 1):.1f} %, records {'the same' if same else 'DIFFER'}")


if __name__ == "__main__":
    main()
