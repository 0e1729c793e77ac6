"""Limits are fair: on a machine loaded four times over, no honest submission fails for time.

`make test` grades a few correct submissions of one quick lab a day under load; `--full` grades a fifth of
all, another each day.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from harness import Case, build, read_cases
from rotating import DAY

from autograder.course.settings import find_course
from autograder.grading.grader import Grader

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
HONEST = [case for case in read_cases(FOLDER) if case.sort == "correct"]
OVERLOAD = 4
SHORT = 2  # of each of the quick labs, in `make test`


@pytest.fixture
def load() -> Iterator[None]:
    """Four loops for every core, at our own priority."""
    busy = [
        subprocess.Popen([sys.executable, "-S", "-c", "import os\nwhile os.getppid() != 1: pass"])
        for _ in range(OVERLOAD * len(os.sched_getaffinity(0)))
    ]
    yield
    for process in busy:
        process.kill()
        process.wait()


def lost_under_load(cases: list[Case], folder: Path) -> list[str]:
    """The checks that they don't pass, with the course's own limits.

    Seconds are counted less the time spent ready and waiting for a core, so that the load is nobody's fault.
    """
    lost = []
    with Grader(find_course(FOLDER)) as grader:
        for case in cases:
            file = folder / f"{case.lab}.ipynb"
            file.write_text(json.dumps(build(case, grader.course)), encoding="utf-8")
            record = grader.grade_file(file, "corpus", case.lab)
            lost += [f"{case.label}: {check.id} {check.status}" for check in record.checks if check.status != "passed"]
    return lost


@pytest.mark.rotating
@pytest.mark.parametrize("lab", sorted({case.lab for case in HONEST if not case.lab.startswith("lab4")}))
def test_nobody_fails_for_time(lab: str, load: None, tmp_path: Path) -> None:
    """Full marks for the first few of a lab that trains nothing."""
    assert lost_under_load([case for case in HONEST if case.lab == lab][:SHORT], tmp_path) == []


@pytest.mark.full
def test_nobody_fails_for_time_anywhere(load: None, tmp_path: Path) -> None:
    """Full marks for a fifth of all labs, since what else runs waits four times as long meanwhile."""
    todays = HONEST[DAY.toordinal() % 5 :: 5]

    assert {case.lab for case in todays} == {case.lab for case in HONEST}
    assert lost_under_load(todays, tmp_path) == []
