"""CPU of one graded lab 4 submission over the bare compute of the same calls, in one run.

`python benchmarks/lab4_ratio.py [rounds]`. Ours: everything that `Grader.grade_file` costs, in the grader, the warm
server and the child. Bare: the same calls in this warm process (see `bare`). The two take turns, and the ratio is the
median of the rounds': what is slow for a while is slow for both.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from bare import names_of, recorded, seconds

from autograder.course.settings import find_course
from autograder.grading.grader import Grader
from autograder.sandbox.clock import ChildClock
from autograder.sandbox.server_client import WarmServer

LAB = "lab4_memory_task"


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    course = find_course(Path(__file__).parent)
    solution = course.solution(LAB)
    server = WarmServer(forbidden=[course.root], huge_pages=True)  # as in a long run
    with Grader(course, server=server) as grader:
        asked = recorded(grader, LAB, solution)
        names = names_of(LAB)
        clock = ChildClock(server.pid)
        ours, theirs, bare = [], [], []
        for _ in range(rounds):
            before, served = time.process_time(), clock.cpu()
            record = grader.grade_file(solution, "benchmark", LAB)
            used = time.process_time() - before
            theirs.append(clock.cpu() - served + record.cpu_seconds)
            ours.append(used + theirs[-1])
            bare.append(seconds(names, asked))
    a, b, ratios = statistics.median(ours), statistics.median(bare), [x / y for x, y in zip(ours, bare, strict=True)]
    print(f"{LAB}, {rounds} rounds, {len(asked)} requests: ours {a:.3f} s, bare {b:.3f} s of CPU")
    print(f"ratio {statistics.median(ratios):.3f} ({a / b:.3f} of the medians)")
    print(f"of ours in the warm server and the child: {statistics.median(theirs):.3f} s")
    print("each round:", " ".join(f"{ratio:.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
