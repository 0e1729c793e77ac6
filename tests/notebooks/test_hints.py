"""The hints are true: what a hint is filed under is what the notebook says of the catalogue's mistake, and of no other.

A hint belongs to the entries of the lab's catalogue with its words under `lab shows`, or under `run shows` for hints
below a given function.
"""

from __future__ import annotations

import contextlib
import functools
import io
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat
import pytest
from rotating import turn

from autograder.course.settings import find_course
from autograder.suite.catalogue import FILE, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.suite.catalogue import Mistake

COURSE = find_course(Path(__file__).parent)
LABS = [lab for lab in COURSE.settings.assignments if (COURSE.home(lab) / FILE).exists()]
NO_MISTAKE = {
    "OverflowError, or “overflow encountered in exp”",  # a warning, which costs nothing
    "the loss at epoch 1 is something else each time",  # no number can be given
}
COINCIDES = {
    "a draw too many",
    "another generator",
    "another optimizer than Adam",
    "data normalised",
    "input or state in a gate",
    "largest logit for its place",
    "list as a default",
    "memory added to a logit",
    "one tensor filled again and again",
    "optimizer of another model",
    "precision for accuracy",
    "rows shuffled",
    "scaled after the signal",
    "share of ones",
    "signal in two places",
}
"""Mistakes that show, by the lab's one number, what a hint for another mistake is filed under.

The check says of such a number: see whether the hint fits. The grader, which has more rows, tells them apart.
"""

RIGHT_FIRST_LINE = "epoch=01 loss=0.7465"


class Case(NamedTuple):
    """One mistake, and the task or given function of the notebook under which it shows."""

    lab: str
    function: str
    entry: Mistake
    task: str

    @property
    def symptom(self) -> str:
        """What the notebook shows, where there is a hint for it."""
        return self.entry.symptoms(self.function).get(self.task, "")


def cases() -> Iterator[Case]:
    """Every mistake under its own task, and under each given function that has hints for what its run shows."""
    for lab in LABS:
        hints = [cell.removesuffix("_hints") for cell in solved(lab) if cell.endswith("_hints")]
        runs = [name for name in hints if f"run_{name}" in solved(lab)]
        for function, entries in read(COURSE.home(lab) / FILE).items():
            yield from (Case(lab, function, entry, task) for entry in entries for task in (function, *runs))


@functools.cache
def solved(lab: str) -> dict[str, Any]:
    """The solved notebook's cells by id."""
    notebook = nbformat.read(COURSE.solution(lab), as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def headings(lab: str, task: str) -> list[str]:
    """The lines under which the task's hints are filed."""
    return re.findall(r"<summary>(.*?)</summary>", solved(lab)[f"{task}_hints"].source)


def said(case: Case) -> str:
    """What the notebook prints, or says instead, where a function has the mistake."""
    names: dict[str, Any] = {}
    for name, cell in solved(case.lab).items():
        tags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and tags and not tags["grade"]:
            source = case.entry.source(cell.source) if name == f"{case.function}_answer" else cell.source
            exec(compile(source, name, "exec"), names)
    asked = solved(case.lab)[case.task if case.task == case.function else f"run_{case.task}"]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a mistake warns of is for students
            exec(compile(asked.source, case.task, "exec"), names)
    except names["Verdict"] as verdict:
        return str(verdict)
    return printed.getvalue()


def is_filed(symptom: str, heading: str) -> bool:
    """Whether a heading is the place for a symptom: it holds its words, or the first and the last of them."""
    symptom, heading = symptom.lower(), heading.lower()
    first, *_, last = symptom.split()
    return (
        heading in symptom or symptom in heading or (first in heading and last in heading) or is_met(heading, symptom)
    )


def is_met(heading: str, shown: str) -> bool:
    """Whether who sees `shown` finds its number in a heading: of a check, or of the log's line that it speaks of."""
    numbers = re.findall(r"-?\d+\.\d{4}", heading)
    if "line" in heading:
        if "line is right" in heading and "epoch=01" in shown and RIGHT_FIRST_LINE not in shown:
            return False
        first = re.findall(r"loss=(\S+)", shown)[:1] if "line 20" not in heading else []
        later = "20" if "line 20" in heading else "80"  # "the loss ends at"
        return any(loss in numbers for loss in [*first, *re.findall(rf"epoch={later} loss=(\S+)", shown)])
    found = re.match(r"✗ (.+?)(?: (?:after|with) .*)? is (-?\d+\.\d{4})\b", shown)
    return found is not None and found[1] in heading and found[2] in numbers


CASES = list(cases())
PARAMETERS = [  # a third of the checks each day; a log takes a training each
    pytest.param(
        case,
        id=f"{case.task}-{case.entry.name}-{case.symptom}",
        marks=() if case.task == case.function and turn(f"{case.task} {case.entry.says}", 3) else pytest.mark.full,
    )
    for case in CASES
]
TASKS = sorted({(case.lab, case.task) for case in CASES})


@pytest.mark.parametrize("case", PARAMETERS)
def test_mistake_shows_its_symptom_and_meets_no_other_hint(case: Case) -> None:
    """The notebook says the symptom, under which a hint is filed; what has no symptom is no other mistake's number."""
    shown, filed = said(case), headings(case.lab, case.task)

    assert case.symptom in shown
    if case.symptom:
        assert [heading for heading in filed if is_filed(case.symptom, heading)], shown
    elif case.entry.name not in COINCIDES:
        assert not [heading for heading in filed if is_met(heading, shown)], shown


def test_no_exception_is_left_over() -> None:
    """Each one is a mistake of a catalogue, and has no hint of its own."""
    without = {case.entry.name for case in CASES if case.task == case.function and not case.symptom}

    assert without >= COINCIDES


@pytest.mark.parametrize(("lab", "task"), TASKS)
def test_every_hint_belongs_to_a_mistake(lab: str, task: str) -> None:
    """Under each heading a mistake of the catalogue is filed, and each number in it is a mistake's."""
    symptoms = [case.symptom for case in CASES if (case.lab, case.task) == (lab, task) and case.symptom]
    numbers = {number for symptom in symptoms for number in re.findall(r"\d\.\d{4}", symptom)}
    for heading in headings(lab, task):
        if heading not in NO_MISTAKE:
            assert [symptom for symptom in symptoms if is_filed(symptom, heading)], heading
            assert set(re.findall(r"\d\.\d{4}", heading)) <= numbers, heading
