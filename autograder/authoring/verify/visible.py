"""Rules about what students see before they submit: the visible checks, their output, and their hints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.authoring.lab_tools.hints import is_in, is_told
from autograder.authoring.verify.catalogues import FEW_SYMPTOMS, SOME_SYMPTOMS, is_read, most_of, uses_torch
from autograder.authoring.verify.notebooks import EXPECTED_OUTPUT, fences
from autograder.authoring.verify.rule import Finding, rule
from autograder.suite.catalogue import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.trials import Trials
    from autograder.authoring.verify.labs import CourseView, Lab
    from autograder.authoring.verify.notebooks import BookCell
    from autograder.suite.catalogue import Mistake

_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@rule("visible-check", slow=True)
def visible_check(view: CourseView) -> Iterator[Finding]:
    """Each visible check takes the solution's answer for right."""
    for lab in view.labs:
        for cell in lab.master.of("check"):
            said = view.trials(lab.name).verdict(cell.name, {})
            if said is not None:
                what = f"this check rejects the solution: {(said.splitlines() or [''])[0]}"
                yield Finding(view.where(lab.master.path, cell.name), what, "correct the check, or the solution")


@rule("true-output", slow=True)
def true_output(view: CourseView) -> Iterator[Finding]:
    """Each expected output is what the task's check prints, what the cells after it print, or both."""
    for lab in view.labs:
        for cell in lab.master.of("check"):
            texts = [part.source for part in lab.master.section(cell) if part.kind == "markdown"]
            written = [fence for text in texts if EXPECTED_OUTPUT in text for fence in fences(text)]
            if written and not _is_printed(written, view.trials(lab.name), _code(lab, cell)):
                what = "its expected output is not what its cells print"
                mend = "run the solved notebook, and copy what the check (and the cells after it) print"
                yield Finding(view.where(lab.master.path, cell.name), what, mend)


def _code(lab: Lab, check: BookCell) -> list[str]:
    """Return the check, and the cells after it that students run as they stand."""
    section = lab.master.section(check)
    after = section[section.index(check) + 1 :]
    return [check.source, *(cell.source for cell in after if cell.kind == "code" and cell.role == "plain")]


def _is_printed(written: list[str], trials: Trials, sources: list[str]) -> bool:
    """Tell whether one of the texts is printed by neighbouring cells; later ones run only if need be."""
    wanted = {text.strip() for text in written}
    printed: list[str] = []
    for source in sources:
        printed.append(trials.shown_by(source).strip())
        if any("\n".join(filter(None, printed[start:])) in wanted for start in range(len(printed))):
            return True
    return False


@rule("true-hints", slow=True)
def true_hints(view: CourseView) -> Iterator[Finding]:
    """Each mistake with `lab shows` makes the visible check show that and say what it is, or a hint stands under it."""
    for lab in view.labs:
        trials = view.trials(lab.name)
        most = most_of(view, lab, FEW_SYMPTOMS, SOME_SYMPTOMS if uses_torch(lab) else None)
        path = view.course.home(lab.name) / FILE
        for function, entries in trials.reference.catalogue.items() if is_read(trials) else ():
            for entry in [entry for entry in entries if entry.symptom][:most]:
                try:
                    shown = trials.verdict(function, {function: entry.source(trials.answer(function))}) or "nothing"
                except (ValueError, SyntaxError):
                    continue  # it finds no place in the solution: another rule's
                if (wrong := _untrue(entry, shown, _headings(lab, function))) is not None:
                    what, mend = wrong
                    yield Finding(view.where(path), f"{function}: {entry.name}: {what}", mend)


def _untrue(entry: Mistake, shown: str, headings: list[str]) -> tuple[str, str] | None:
    """Say what is wrong with an entry's symptom, and how to fix it, where its check shows `shown`."""
    if not is_in(entry.symptom, shown):
        return f"the lab does not show `{entry.symptom}` but {shown.splitlines()[0]!r}", "correct `lab shows`"
    if is_told(entry, shown) or any(_is_under(entry.symptom, heading) for heading in headings):
        return None
    what = f"the check shows `{entry.symptom}` and does not say what it is; nor does a hint of the notebook"
    return what, "run `python -m autograder.authoring.lab_tools` and release; without a lab_tools.txt, write the hint"


def _headings(lab: Lab, function: str) -> list[str]:
    check = lab.master.named(function)
    parts = lab.master.section(check) if check is not None else []
    return [heading for part in parts if part.kind == "markdown" for heading in _SUMMARY.findall(part.prose)]


def _is_under(symptom: str, heading: str) -> bool:
    """Tell whether a heading is the place for a symptom: it has its words, the first and last, or one number."""
    symptom, heading = symptom.lower(), heading.lower()
    first, *_, last = symptom.split()
    numbers = {number for number in _NUMBER.findall(symptom) if "." in number}
    return (
        heading in symptom
        or symptom in heading
        or (first in heading and last in heading)
        or bool(numbers & set(_NUMBER.findall(heading)))
    )


@rule("visible-rows")
def visible_rows(view: CourseView) -> Iterator[Finding]:
    """Each number in a suite's visible rows stands in the released notebook too."""
    for lab in view.labs:
        there = {float(number) for number in _NUMBER.findall(lab.released.text)}
        for judge in lab.suite.judges:
            asked = [value for row in judge.own_rows() for value in [*row.args, *row.kwargs.values()]]
            numbers = [value for value in asked if isinstance(value, int | float) and not isinstance(value, bool)]
            if strange := sorted({float(value) for value in numbers} - there):
                what = f"`{judge.function}` is asked {strange[0]:g} as a visible row, which the notebook does not show"
                yield Finding(view.where(lab.suite.path), what, "put the row among `hidden`, or into the notebook")
