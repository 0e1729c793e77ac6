"""Rules about a lab's catalogue of mistakes, and about answers that no suite may break on. The slow ones run them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from autograder.authoring.verify.rule import Finding, rule
from autograder.errors import GraderError, UsageError
from autograder.suite import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.trials import Trials
    from autograder.authoring.verify.labs import CourseView, Lab
    from autograder.suite.catalogue import Mistake

MUTANTS = 4
"""Small changes of each answer that are tried beside the odd ones; none where submissions train, but for `--full`."""
FEW_ENTRIES, SOME_ENTRIES = 5, 15
"""The mistakes tried of each function where submissions train, and where they use torch; `--full` runs all."""


FEW_SYMPTOMS, SOME_SYMPTOMS = 2, 5
"""The same for mistakes with `lab shows`: where submissions train each one may be a training."""


@rule("catalogue")
def readable(view: CourseView) -> Iterator[Finding]:
    """Each mistake belongs to a graded function and finds its place in the solution, once."""
    for lab in view.labs:
        path = view.course.home(lab.name) / catalogue.FILE
        try:
            found = catalogue.read(path)
        except UsageError as error:
            what = str(error).removeprefix(f"{path} ").partition(";")[0]
            yield Finding(view.where(path), what, "correct that entry: docs/author.md says how one is written")
            continue
        graded = {cell.name for cell in lab.master.of("check")}
        for function, entries in found.items():
            answer = lab.master.named(f"{function}_answer")
            if function not in graded or answer is None:
                yield Finding(view.where(path), f"mistakes of `{function}`, which is not graded", "correct its name")
                continue
            for entry in entries:
                if why := _misplaced(entry, answer.source):
                    yield Finding(view.where(path), f"{function}: {why}", "correct the entry, or write it again")
        yield from _unassigned(view, lab)


def _misplaced(entry: Mistake, answer: str) -> str:
    """Say why an entry is no change of the answer; "" where it is one."""
    try:
        source = entry.source(answer)
        if entry.run:
            ast.parse(source)
    except SyntaxError as error:
        return f"{entry.name}: the changed answer is no Python ({error.msg})"
    except ValueError as error:
        return str(error)
    return "" if source != answer else f"{entry.name}: nothing is changed"


def _unassigned(view: CourseView, lab: Lab) -> Iterator[Finding]:
    """Quantities that are judged one by one, and don't stand in the solution as an assignment each."""
    for judge in lab.suite.judges:
        answer = lab.master.named(f"{judge.function}_answer")
        for key in judge.carried if answer is not None and len(judge.keys) > 1 else ():
            count = len(catalogue.assignments(ast.parse(answer.source), key)) if answer is not None else 0
            if count != 1:
                yield Finding(
                    view.where(lab.master.path, f"{judge.function}_answer"),
                    f"`{key}` is assigned {count} times, and judged with a student's own values before it",
                    f"write `{key} = …` once in the solution, and return that",
                )


@rule("mistakes", slow=True)
def mistakes(view: CourseView) -> Iterator[Finding]:
    """Each mistake ends, gives the same twice, and differs from the solution and from what says something else."""
    from autograder.authoring.entry_checks import faults

    for lab in view.labs:
        path = view.course.home(lab.name) / catalogue.FILE
        if not is_read(view.trials(lab.name)):
            continue
        most = most_of(view, lab, FEW_ENTRIES, SOME_ENTRIES if uses_torch(lab) else None)
        try:
            for function, entry, what, fix in faults(view.trials(lab.name), most):
                yield Finding(view.where(path), f"{function}: {entry}: {what}", fix)
        except GraderError as error:
            yield Finding(view.where(lab.suite.path), str(error).partition("\n")[0], "correct the suite")


@rule("any-answer", slow=True)
def any_answer(view: CourseView) -> Iterator[Finding]:
    """No answer makes a suite break, and none that is odd gets full marks."""
    from autograder.authoring.generated_answers import odd
    from autograder.authoring.mutants.mutate import mutants
    from autograder.authoring.mutants.survivors import mutant_order
    from autograder.authoring.trials import SuiteBreaksError

    for lab in view.labs:
        trials = view.trials(lab.name)
        if not is_read(trials):
            continue
        most = most_of(view, lab, 0, MUTANTS)
        for function in trials.assignment.points:
            changes = sorted(mutants(function, trials.answer(function)), key=mutant_order)
            odd_ones = dict(odd(trials.solved(function)))
            changed = {change.change: change.source for change in changes[:most]}
            for words, source in {**changed, **odd_ones}.items():
                try:
                    failed = trials.first_failed({function: source}, cell=function if most == 0 else "")
                except SuiteBreaksError as error:
                    what = f"{error.what} [where `{function}` is: {words}]"
                    yield Finding(error.place, what, "ask a judge of autograder.suite, or look at the type first")
                    continue
                if failed is None and words in odd_ones:
                    yield Finding(view.where(lab.suite.path), f"`{function}` gives {words}, and passes", "ask for more")


def uses_torch(lab: Lab) -> bool:
    """Tell whether a lab's children are forked with torch in them, which takes longer."""
    return "import torch" in lab.master.text


def is_read(trials: Trials) -> bool:
    """Tell whether the lab's catalogue can be read; where it can't, that is the one thing to say."""
    try:
        trials.reference.catalogue  # noqa: B018  # reading is what is asked for
    except UsageError:
        return False
    return True


def most_of(view: CourseView, lab: Lab, training: int, otherwise: int | None) -> int | None:
    """Return how many of a lab to try: None, which is all, where everything is asked for."""
    if view.full:
        return None
    return training if view.course.trains([lab.name]) else otherwise
