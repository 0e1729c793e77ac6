"""Where the time of one graded submission goes: a table of milliseconds.

    python benchmarks/milliseconds.py [LAB] [ROUNDS]

Grades the lab's solution ROUNDS (30) times in one warm grader, then writes its record and its page, with clocks at
the seams of the engine. Told is the wall clock as the grader sees it, and below it the CPU of grader, warm server and
child. "pytest, checks, reference" is what is left of the suite's time beside the child's: pytest's own loop, the
checks' comparisons, the reference's values for random inputs.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from autograder.course.settings import find_course
from autograder.course.submission import Submission
from autograder.grading import batch
from autograder.grading.batch import Batch
from autograder.grading.grader import Grader
from autograder.sandbox import protocol as p
from autograder.sandbox.child_process import ChildProcess
from autograder.sandbox.clock import ChildClock
from autograder.sandbox.server_client import Link, WarmServer
from autograder.suite.warm_pytest import WarmSuite

SUITE = "pytest, checks, reference"
SEAMS: list[tuple[Any, str, str]] = [
    (Submission, "parse", "notebook: parsed"),
    (Link, "fork", "fork, confinement, child ready"),
    (ChildProcess, "ask", ""),  # by request
    (ChildProcess, "close", "child: ended, collected"),
    (WarmSuite, "run", SUITE),
    (batch, "student_page", "output: page made"),
    (batch, "to_json", "output: record made"),
    (batch, "write_in_order", "output: written, fsync"),
]
SPENT: dict[str, float] = defaultdict(float)
COUNTS: dict[str, int] = defaultdict(int)


def clocked(owner: Any, name: str, label: str) -> None:
    """Put a clock around a method or a function."""
    plain = getattr(owner, name)

    def timed(*args: Any, **kwargs: Any) -> Any:
        found = label or _request_label(args[1])
        start = time.perf_counter()
        try:
            return plain(*args, **kwargs)
        finally:
            SPENT[found] += time.perf_counter() - start
            COUNTS[found] += 1

    setattr(owner, name, timed)


def _request_label(request: object) -> str:
    match request:
        case p.Plan():
            return "cells: chosen"
        case p.RunCell():
            return "cells: run"
        case p.Call(target=str(name)):
            return f"call: {name}"
    return f"call: ({type(request).__name__})"


def once(grader: Grader, results: Batch, file: Path, lab: str) -> dict[str, float]:
    """One submission, clocked: seconds per part."""
    SPENT.clear()
    COUNTS.clear()
    server = ChildClock(grader._server.pid)
    served, used, start = server.cpu(), time.process_time(), time.perf_counter()
    record = grader.grade_file(file, "benchmark", lab)
    results.write(record)
    wall, used = time.perf_counter() - start, time.process_time() - used
    served = server.cpu() - served + record.cpu_seconds
    assert record.score == record.max_score, record.message
    parts = dict(SPENT)
    outside = parts["notebook: parsed"] + parts["child: ended, collected"] + parts[SUITE]
    outside += sum(seconds for label, seconds in parts.items() if label.startswith("output"))
    inside = sum(seconds for label, seconds in parts.items() if label.startswith(("call", "cells", "fork")))
    parts[SUITE] -= inside
    return parts | {
        "the rest": wall - outside,
        "= wall": wall,
        "= CPU, grader": used,
        "= CPU, server and child": served,
    }


def main() -> None:
    """Measure and print."""
    lab = sys.argv[1] if sys.argv[1:] else "lab1_scalar_lstm"
    rounds = int(sys.argv[2]) if sys.argv[2:] else 30
    course = find_course(Path(__file__).parent)
    for owner, name, label in SEAMS:
        clocked(owner, name, label)
    server = WarmServer(forbidden=[course.root], huge_pages=True)  # as in a long run
    with tempfile.TemporaryDirectory() as folder, Grader(course, server=server) as grader:
        (Path(folder) / lab).mkdir()
        results = Batch(course=course, submitted=Path(folder), results=Path(folder), assignments=[lab])
        once(grader, results, course.solution(lab), lab)  # warms the suite up
        seen = [once(grader, results, course.solution(lab), lab) for _ in range(rounds)]
    print(f"{lab}, the solution {rounds} times in one warm grader, medians in ms (CPU: means)")
    for label in sorted({label for parts in seen for label in parts}, key=lambda label: (label[0] == "=", label)):
        middle = 1000 * (statistics.fmean if "CPU" in label else statistics.median)(
            [parts.get(label, 0.0) for parts in seen]
        )
        times = f"{COUNTS[label]:4} x" if COUNTS.get(label, 1) > 1 else ""
        print(f"  {label:<34} {middle:8.2f} {times}")


if __name__ == "__main__":
    main()
