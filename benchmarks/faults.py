"""Do faults of the place ever cost a student anything? Real ones, at random moments, each followed by a clean run.

    python benchmarks/faults.py 100 --seed 1 --folder FOLDER [--students 300] [--user NAME] [--route grade|nbgrader]

Needs root, which makes the faults: mounts, cgroups, signals to others. The commands themselves run as root too, or with
`--user` as that user, by the Python that runs this (both must be readable to the user). `FOLDER` keeps the class, what
an undisturbed run gives, and a line of JSON per fault; the same command again goes on where it was, with the faults
that the seed gives: fault 17 of seed 1 is always the same kind, at a moment drawn alike.

Told per fault: students who were told a score that is not theirs, tracebacks, differences after the clean run, and what
is left in the temporary folder, in shared memory, beside the results and among the processes. All of it should be 0.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from faults_class import essence, gradebook, make_class
from faults_kinds import KINDS
from faults_scene import Scene

ROOT = Path(__file__).parents[1]
PATIENCE = 3600.0  # seconds until a run counts as hung; on a busy machine one may take many minutes
FIGURES = ("told", "silent", "tracebacks", "differences", "leftovers", "hung")


def main() -> None:
    """Faults until there are as many as asked for; then the sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("faults", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--user", default="")
    parser.add_argument("--route", choices=["grade", "nbgrader"], default="grade")
    parser.add_argument("--only", choices=sorted(KINDS), nargs="*", help="these kinds and no others")
    options = parser.parse_args()
    scene = Scene(options.folder.resolve(), options.route, options.user)
    if not (scene.folder / "undisturbed.json").exists():
        make_class(ROOT, scene, options.students)
        undisturbed(scene)
    log = scene.folder / "faults.jsonl"
    for number in range(len(lines(log)) + 1, options.faults + 1):
        row = one(scene, random.Random(f"{options.seed} {number}"), options.only)
        with log.open("a") as file:
            file.write(json.dumps({"number": number, **row}) + "\n")
        shown = {key: value for key, value in row.items() if value or key in {"code", "graded"}}
        print(number, " ".join(f"{key}={value}" for key, value in shown.items()), flush=True)
    summary(lines(log))


def lines(log: Path) -> list[dict[str, Any]]:
    """What is logged so far."""
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def undisturbed(scene: Scene) -> None:
    """A run that nothing happens to, and what it gives."""
    run = scene.start(force=True)
    out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 0, f"the undisturbed run ended with {run.returncode}\n{out[-2000:]}\n{err[-2000:]}"
    found = {"seconds": scene.since_start(), "records": essence(scene), "gradebook": gradebook(scene)}
    (scene.folder / "undisturbed.json").write_text(json.dumps(found))


def one(scene: Scene, draw: random.Random, only: list[str] | None) -> dict[str, Any]:
    """A fault and the clean run after it."""
    expected = json.loads((scene.folder / "undisturbed.json").read_text())
    kind = draw.choice(sorted(only or (name for name, each in KINDS.items() if scene.route in each.routes)))
    anew, jobs = draw.random() < 0.5, draw.choice([1, 2, 2])
    moment = draw.uniform(0.0, 1.0) * (expected["seconds"] - 0.1) + 0.1
    row: dict[str, Any] = {"kind": kind, "anew": anew, "jobs": jobs, "moment": round(moment, 2)}
    if anew:
        scene.forget_results()
    with KINDS[kind].made(scene, draw, moment) as start:
        run = start(force=True, jobs=jobs)
        row["detail"] = scene.detail
        try:
            out, err = run.communicate(timeout=PATIENCE)
            row["hung"] = 0
        except subprocess.TimeoutExpired:
            row["hung"] = 1
            scene.kill_all(run.pid)
            out, err = run.communicate()
    row["code"] = run.returncode
    row["processes"] = scene.processes_left()
    found = essence(scene)
    row["graded"] = sum(record["status"] != "grader_error" for record in found.values())
    row["told"] = scene.told(found, expected, gradebook(scene))
    row["silent"] = int(run.returncode == 0 and scene.route == "grade" and found != expected["records"])
    row["tracebacks"] = tracebacks(out + err)
    row["last"] = err.strip().splitlines()[-1][:300] if err.strip() else ""
    clean = scene.start()
    clean_out, clean_err = clean.communicate(timeout=PATIENCE)
    row["tracebacks"] += tracebacks(clean_out + clean_err)
    again = essence(scene)
    wrong = sorted(name for name in {*again, *expected["records"]} if again.get(name) != expected["records"].get(name))
    books = int(gradebook(scene) != expected["gradebook"])
    row["differences"] = len(wrong) + books + abs(clean.returncode)
    left = scene.left()
    row["leftovers"] = len(left) + row.pop("processes") + scene.processes_left()
    if row["differences"] or row["tracebacks"] or left:
        row |= {"wrong": wrong[:5], "left": left[:5], "books": books, "clean": clean.returncode}
        name = scene.folder / f"told-{len(lines(scene.folder / 'faults.jsonl')) + 1}.txt"
        name.write_text(f"{out}\n---\n{err}\n---\n{clean_out}\n---\n{clean_err}")
    return row


def tracebacks(told: str) -> int:
    """How many were told; not counted is Ctrl-C while nbgrader itself is being imported, before it reads a course."""
    found = told.split("Traceback (most recent call last)")[1:]
    return sum("KeyboardInterrupt" not in each or "/autograder/" in each for each in found)


def summary(rows: list[dict[str, Any]]) -> None:
    """The sums, and how often each kind came."""
    print(f"{len(rows)} faults, each followed by a clean run:")
    for figure in FIGURES:
        print(f"  {figure}: {sum(row[figure] for row in rows)}")
    counted = collections.Counter(row["kind"] for row in rows)
    print("  " + ", ".join(f"{kind} {count}" for kind, count in sorted(counted.items())))
    sys.exit(any(row[figure] for row in rows for figure in FIGURES))


if __name__ == "__main__":
    os.umask(0o022)
    main()
