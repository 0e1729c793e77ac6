"""The grader's own CPU over each submission of tests/hostile, and the largest; a child's CPU is not among it.

    python benchmarks/hostile_cpu.py [CLASS ...]

Each attack is graded in the real sandbox, and its record and page are made, by one warm grader; twice, and the second
time counts: what is made once per batch (the reference's trainings, programs of the catalogue) is no submission's own.
Prints the dearest of each class, then the largest of all, and how far the grader's memory went up; exit code 1 if a
submission took over 2 s of CPU or 200 MB. Time limits are short, as in the test of the corpus: what a child does
meanwhile is its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "hostile"))

from attacks import Attack, Range, hand_in, read_attacks  # of the corpus, which is no package

from autograder.course.settings import Course, find_course
from autograder.course.student_folders import folders
from autograder.course.submission import collect
from autograder.grading.grader import Grader
from autograder.record import to_json
from autograder.report.student_page import student_page

MOST_SECONDS, MOST_MB = 2.0, 200.0
FORK = multiprocessing.get_context("fork")
QUICK = {"cell_seconds": 1.5, "call_seconds": 1.5, "cpu_seconds": 20, "memory_mib": 512, "scratch_mib": 8}


def course() -> Course:
    """The course with short limits."""
    found = find_course(ROOT)
    limits = msgspec.structs.replace(found.settings.limits, **QUICK)
    return msgspec.structs.replace(found, settings=msgspec.structs.replace(found.settings, limits=limits))


def cost(grader: Grader, attack: Attack, submitted: Path, names: dict[str, object]) -> float:
    """CPU seconds of this process from the folder of a submission to its page."""
    found = grader.course
    student = attack.header.get("student", "mallory").encode().decode("unicode_escape")
    # In a process of its own: what it takes to make an attack is not the grader's.
    making = FORK.Process(target=hand_in, args=(attack, found, submitted / student / attack.lab, names))
    making.start()
    making.join()
    assert making.exitcode == 0, attack.label
    start = time.process_time()
    student = {folder: who for who, folder in folders(submitted).items()}.get(student, student)
    most = found.settings.limits.submission_mib * 2**20
    record = grader.grade(collect(submitted, student, attack.lab, most_bytes=most))
    student_page(record)
    to_json(record)
    return time.process_time() - start


def _mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure the classes that were named, or all."""
    chosen = set(map(int, sys.argv[1:]))
    attacks = [attack for attack in read_attacks(ROOT / "tests" / "hostile") if not chosen or attack.number in chosen]
    found: dict[int, list[tuple[float, str]]] = {}
    with tempfile.TemporaryDirectory() as folder, Range(Path(folder)) as targets, Grader(course()) as grader:
        names = targets.targets() | dict.fromkeys(("RESULTS", "NEIGHBOUR", "SUITE", "SOLUTION", "COURSE"), folder)
        for lab in sorted({attack.lab for attack in attacks}):  # what is made once per batch
            grader.grade_file(grader.course.solution(lab), "honest", lab)
        before = _mb()
        for place, attack in enumerate(attacks):
            seconds = [cost(grader, attack, Path(folder, f"in{turn}", str(place)), names) for turn in range(2)][-1]
            found.setdefault(attack.number, []).append((seconds, attack.label))
        grown = _mb() - before
    for number, costs in sorted(found.items()):
        print(f"class {number:2}: {len(costs):3} submissions, at most {max(costs)[0]:5.2f} s: {max(costs)[1]}")
    worst, label = max(max(costs) for costs in found.values())
    print(f"{len(attacks)} submissions; the largest: {worst:.2f} s of the grader's CPU ({label}), {grown:.0f} MB")
    sys.exit(worst > MOST_SECONDS or grown > MOST_MB)


if __name__ == "__main__":
    main()
