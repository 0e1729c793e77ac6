"""One table, in one run: this kit against its peers and against the floor, lab by lab.

    python benchmarks/table.py [--ours 200] [--peers 10] [--labs lab1 ...] [--otter PYTHON] [--output FILE.json]

The same solved notebooks and the same checks everywhere (see `contenders`), one contender after the other, on a
machine that should do nothing else; `--peers 0` leaves out all but `autograder grade`. Per submission: seconds by the
clock, CPU of all processes, what they and start-up took included; memory at the peak. "floor" is the CPU of the bare
calls in one warm process. otter-grader is not among this project's dependencies; where there is one, name the Python
that has it, with torch, with --otter.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import contenders
from nbgrader_throughput import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from measure import Cost


class Row(NamedTuple):
    """One contender on one lab, per submission."""

    lab: str
    name: str
    size: int
    wall: float
    cpu: float
    tree_mib: float

    @classmethod
    def of(cls, lab: str, name: str, count: int, cost: Cost) -> Row:
        """From what the whole run cost."""
        return cls(lab, name, count, cost.wall / count, cost.cpu / count, cost.tree_mib)


def measured(lab: str, options: argparse.Namespace) -> list[Row]:
    """All contenders on one lab."""
    many, few = options.ours, options.peers
    ways: list[tuple[str, int, Callable[[], Cost]]] = [
        ("ours, 1 job", many, lambda: contenders.ours(lab, many, 1)),
        ("ours, 2 jobs", many, lambda: contenders.ours(lab, many, 2)),
    ]
    peers: list[tuple[str, int, Callable[[], Cost]]] = [
        ("ours, nbgrader autograde", many, lambda: contenders.with_nbgrader(lab, many, stock=False)),
        ("stock nbgrader autograde", few, lambda: contenders.with_nbgrader(lab, few, stock=True)),
        ("fresh pytest each", few, lambda: contenders.fresh_pytest(lab, few)),
    ]
    if few:
        ways += peers
    if few and options.otter:
        ways.append(("otter run", few, lambda: contenders.otter_run(lab, few, options.otter)))
    rows = []
    for name, count, way in ways:
        rows.append(Row.of(lab, name, count, way()))
        print(f"  {lab}: {name} done", flush=True)
    bare = contenders.floor(lab, options.rounds)
    return [*rows, Row(lab, "floor: the bare calls", options.rounds, bare, bare, 0.0)]


def summed(rows: list[Row]) -> list[Row]:
    """All labs as one: what a student's four submissions cost together."""
    names = list(dict.fromkeys(row.name for row in rows))
    groups = [[row for row in rows if row.name == name] for name in names]
    return [
        Row("all labs", group[0].name, group[0].size, sum(row.wall for row in group),
            sum(row.cpu for row in group), max(row.tree_mib for row in group))
        for group in groups
    ]  # fmt: skip


def shown(rows: list[Row]) -> str:
    """One lab's part of the table."""
    one = next(row for row in rows if row.name == "ours, 1 job")
    bare = rows[-1].cpu
    two = next(row for row in rows if row.name == "ours, 2 jobs")
    lines = [
        f"\n{rows[0].lab:<26} {'n':>5} {'wall ms':>9} {'CPU ms':>9} {'MiB':>6}  {'wall/2 jobs':>11} {'CPU/ours':>9}"
    ]
    for row in rows:
        memory = f"{row.tree_mib:6.0f}" if row.tree_mib else f"{'':6}"
        ratios = f"{row.wall / two.wall:11.1f} {row.cpu / one.cpu:9.2f}"
        lines.append(f"{row.name:<26} {row.size:5} {1000 * row.wall:9.1f} {1000 * row.cpu:9.1f} {memory}  {ratios}")
    lines.append(f"CPU over the floor: {one.cpu / bare:.2f} x, {1000 * (one.cpu - bare):.1f} ms on top")
    lines.append(f"2 jobs against 1: {one.wall / two.wall:.2f} x")
    return "\n".join(lines)


def parsed() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=int, default=200, help="submissions per lab for this kit")
    parser.add_argument("--peers", type=int, default=10, help="submissions per lab for the others")
    parser.add_argument("--rounds", type=int, default=10, help="rounds of the bare calls")
    parser.add_argument("--labs", nargs="+", default=[""], metavar="PREFIX", help="default: all")
    parser.add_argument("--otter", type=Path, help="a Python that has otter-grader and torch")
    parser.add_argument("--output", type=Path, help="the figures as JSON")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = parsed()
    labs = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.name.startswith(tuple(options.labs)))
    print(f"{os.cpu_count()} cores; load at the start {os.getloadavg()[0]:.1f} (it should be near 0)", flush=True)
    rows = [row for lab in labs for row in measured(lab, options)]
    for lab in labs:
        print(shown([row for row in rows if row.lab == lab]))
    if len(labs) > 1:
        print(shown(summed(rows)))
    if not options.otter:
        print("\notter run: not measured (name a Python that has otter-grader with --otter)")
    if options.output:
        options.output.write_text(json.dumps([row._asdict() for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
