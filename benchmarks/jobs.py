"""What a second job brings, and what the machine has to give: in turns, in one run.

    python benchmarks/jobs.py [LAB] [SUBMISSIONS] [ROUNDS]

Each round grades the same submissions (200) with one job and with two, start-up and class report included, and makes
the bare calls (see `bare`) in one process and in two at once. Two cores share caches, memory and often a host with
others: two processes that have nothing to do with each other are slower than one alone, and two jobs can't do better.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import contenders

BARE_ROUNDS = 10


class Round(NamedTuple):
    """Seconds by the clock; of the bare calls CPU, per submission."""

    one_job: float
    two_jobs: float
    alone: float
    beside_another: float


def measured(lab: str, count: int) -> Round:
    """One round."""
    one, two = (contenders.ours(lab, count, jobs).wall for jobs in (1, 2))
    alone = contenders.floor(lab, BARE_ROUNDS)
    with ThreadPoolExecutor(2) as both:
        beside = list(both.map(lambda _: contenders.floor(lab, BARE_ROUNDS), range(2)))
    return Round(one, two, alone, sum(beside) / 2)


def told(name: str, rounds: list[Round]) -> str:
    """A line: what was reached, and what could be."""
    one, two, alone, beside = (sum(column) for column in zip(*rounds, strict=True))
    return (
        f"{name}: {one:.1f} s, {two:.1f} s: {one / two:.2f} x; two processes of bare calls: {2 * alone / beside:.2f} x"
    )


def main() -> None:
    """Measure and print."""
    lab = sys.argv[1] if sys.argv[1:] else "lab4_memory_task"
    count, times = (int(sys.argv[n]) if sys.argv[n:] else default for n, default in ((2, 200), (3, 3)))
    rounds = []
    for number in range(1, times + 1):
        rounds.append(measured(lab, count))
        print(told(f"{lab}, {count} submissions, round {number}", rounds[-1:]), flush=True)
    print(told("all rounds", rounds))


if __name__ == "__main__":
    main()
