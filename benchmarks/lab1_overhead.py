"""Lab 1: what grading costs per submission beside the student's own code, against a fresh pytest for each.

    python benchmarks/lab1_overhead.py [COPIES] [FRESH]

Grades COPIES (200) copies of the sample class's correct submissions with one job through the command, then FRESH (20)
of them with a fresh `python -m pytest` each, in one run. Overhead is wall time less the CPU time of the students'
processes, start-up of the warm server included; CPU is that of all processes.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LAB = "lab1_scalar_lstm"
SUITE = ROOT / "autograder" / "suites" / f"test_{LAB}.py"
CORRECT = ("ada", "babbage", "curie", "oresme")


def cpu() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def copies(folder: Path, count: int) -> None:
    """`count` students, the correct samples in turn."""
    for number in range(count):
        source = ROOT / "tests" / "sample_class" / "submitted" / CORRECT[number % len(CORRECT)] / LAB
        shutil.copytree(source, folder / f"student{number:05}" / LAB)


def ours(submitted: Path, results: Path, count: int) -> tuple[float, float]:
    """CPU ms and overhead ms per submission, through the command."""
    start, before = time.monotonic(), cpu()
    command = [sys.executable, "-m", "autograder", "grade", LAB, "--jobs", "1"]
    subprocess.run(
        [*command, "--submitted", str(submitted), "--results", str(results)], cwd=ROOT, check=True, capture_output=True
    )
    wall, used = time.monotonic() - start, cpu() - before
    records = [json.loads(path.read_text()) for path in (results / LAB).glob("*.json")]
    assert len(records) == count
    assert all(record["score"] == record["max_score"] for record in records)
    return 1000 * used / count, 1000 * (wall - sum(record["cpu_seconds"] for record in records)) / count


def fresh(submitted: Path, count: int) -> float:
    """CPU ms per submission with a fresh pytest each, student code in its process."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "OMP_NUM_THREADS": "1"}
    before = cpu()
    for file in sorted(submitted.glob(f"*/{LAB}/{LAB}.*"))[:count]:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-W",
            "ignore",
            "-p",
            "in_process",
            "--peer-submission",
            str(file),
            str(SUITE),
        ]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
    return 1000 * (cpu() - before) / count


def main() -> None:
    """Print the table."""
    count, fresh_count = (int(sys.argv[1]) if sys.argv[1:] else 200), (int(sys.argv[2]) if sys.argv[2:] else 20)
    with tempfile.TemporaryDirectory() as folder:
        submitted = Path(folder, "submitted")
        copies(submitted, count)
        our_cpu, overhead = ours(submitted, Path(folder, "results"), count)
        fresh_cpu = fresh(submitted, fresh_count)
    print(f"lab 1, {count} submissions, one job")
    print(f"  CPU per submission           {our_cpu:8.1f} ms")
    print(f"  overhead per submission      {overhead:8.1f} ms   (wall less the students' own CPU)")
    print(f"  CPU with a fresh pytest each {fresh_cpu:8.1f} ms   ({fresh_count} of them)")
    print(f"  ratio                        {fresh_cpu / our_cpu:8.1f} x")


if __name__ == "__main__":
    main()
