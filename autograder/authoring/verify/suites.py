"""Rules about suites: what a student reads when a check fails, thresholds, exact numbers."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from autograder.authoring.verify.notebooks import EXPECTED_OUTPUT, fences
from autograder.authoring.verify.rule import Finding, rule
from autograder.authoring.verify.suite import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.verify.labs import CourseView, Lab

_DECIMAL = re.compile(r"(?<![\w.])-?\d+\.\d{3,}(?![\w.])")
LEAST_HINT = 20
"""Characters: a hint below that is a placeholder."""


@rule("check-words")
def check_words(view: CourseView) -> Iterator[Finding]:
    """Each check has a title of its own and a hint that says what to do, and is worth something."""
    for lab in view.labs:
        titles: set[str] = set()
        for check in lab.suite.checks:
            place = f"{view.where(lab.suite.path)}, line {check.line}"
            title, hint = check.info.title.strip(), check.info.hint.strip()
            if not title or title in titles:
                yield Finding(place, f"{check.id}: its title is empty or another check's", "say what it checks")
            if len(hint) < LEAST_HINT or hint == title:
                what = f"its hint has {len(hint)} characters" if hint != title else "its hint repeats the title"
                fix = f"say the student's next step, in at least {LEAST_HINT} characters and not in the title's words"
                yield Finding(place, f"{check.id}: {what}", fix)
            if not check.info.weight > 0:
                yield Finding(place, f"{check.id} has the weight {check.info.weight:g}", "give it a weight above 0")
            titles.add(title)


@rule("suite-imports")
def suite_imports(view: CourseView) -> Iterator[Finding]:
    """A suite and its lab's folder import of the engine `autograder.suite` alone, and of the course their own lab."""
    for lab in view.labs:
        for path, source in lab.suite.sources.items():
            for line, module in _strangers(source, lab.name, is_suite=path == lab.suite.path):
                what = f"imports {module}"
                mend = f"take what autograder.suite offers, or put it into {view.where(view.course.home(lab.name))}/"
                yield Finding(f"{view.where(path)}, line {line}", what, mend)


def _strangers(source: str, lab: str, *, is_suite: bool) -> Iterator[tuple[int, str]]:
    """Yield what a module imports that is no library, not `autograder.suite` and not of its lab; with the line."""
    own = 1 if is_suite else 2  # dots up to the folder that holds all labs
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            names = [f"autograder.{alias.name}" for alias in node.names] if module == "autograder" else [module]
        elif isinstance(node, ast.ImportFrom):
            tops = [node.module.partition(".")[0]] if node.module else [alias.name for alias in node.names]
            if node.level > own or (node.level == own and set(tops) != {lab}):
                yield node.lineno, f"{'.' * node.level}{node.module or ', '.join(tops)}, which is another lab's"
            continue
        else:
            continue
        yield from (
            (node.lineno, name) for name in names if name.split(".")[0] == "autograder" and name != "autograder.suite"
        )


@rule("thresholds")
def thresholds(view: CourseView) -> Iterator[Finding]:
    """Each threshold of course.yml belongs to an assignment whose suite names it."""
    file = view.where(view.root / "course.yml")
    for name, values in view.course.settings.thresholds.items():
        if name not in view.course.settings.assignments:
            yield Finding(file, f"thresholds for {name}, which is no assignment", "correct the name, or remove them")
        for lab in (lab for lab in view.labs if lab.name == name):
            for key in sorted(set(values) - set(lab.suite.texts)):
                what = f"the threshold {key} is used nowhere in {view.where(lab.suite.path)}"
                yield Finding(file, what, "correct its name, or remove it")


@rule("exact-numbers", slow=True)
def exact_numbers(view: CourseView) -> Iterator[Finding]:
    """Each exact number that a notebook promises is printed by a given function over the solution, or asserted."""
    for lab in view.labs:
        asserted = _Asserted(lab, _printed(view, lab))
        for cell in lab.master.cells:
            if cell.kind == "markdown" and EXPECTED_OUTPUT in cell.source:
                promised = [number for fence in fences(cell.source) for number in _DECIMAL.findall(fence)]
                for number in dict.fromkeys(promised):
                    if number not in asserted:
                        yield Finding(
                            view.where(lab.master.path, cell.id),
                            f"promises {number}, which no check asserts",
                            f"assert it in {view.where(lab.suite.path)}, or correct it",
                        )


def _printed(view: CourseView, lab: Lab) -> str:
    """Return what the given functions print over the solution, and the numbers of the catalogue's mistakes."""
    from autograder.course.assignment import read_assignment
    from autograder.suite.reference import Reference

    reference = Reference(read_assignment(view.course, lab.name))
    given = [cell.name for cell in lab.master.of("given") if f"def {cell.name}()" in cell.source]
    shown = [mistake.symptom for entries in reference.catalogue.values() for mistake in entries]
    return "\n".join([*map(reference.printed, given), *shown])


class _Asserted:
    """The numbers that a lab's checks hold, as text (a printed table) or as values that round to what is printed."""

    def __init__(self, lab: Lab, printed: str) -> None:
        cells = "\n".join(cell.source for cell in lab.master.cells if cell.kind == "code")
        self._text = set(_DECIMAL.findall("\n".join([*lab.suite.texts, cells, printed])))
        self._values = [*lab.suite.numbers, *map(float, self._text)]

    def __contains__(self, number: str) -> bool:
        digits = len(number.partition(".")[2])
        return number in self._text or any(f"{value:.{digits}f}" == number for value in self._values)
