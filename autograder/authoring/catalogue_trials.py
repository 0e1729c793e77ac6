"""A lab's mistakes and mutants, handed in: what each one costs, what it is told, what the visible check says of it."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import msgspec

from autograder.authoring.lab_tools.hints import is_in
from autograder.authoring.mutants.survivors import MISSED, all_mutants, listed
from autograder.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.trials import Trials
    from autograder.suite.catalogue import Mistake


class Change(msgspec.Struct, frozen=True):
    """A changed answer to try (a mistake, a pair of them or a mutant), and what should be said of it."""

    function: str
    title: str
    source: str
    names: tuple[str, ...] = ()  # of the mistakes in it; none in a mutant
    says: tuple[str, ...] = ()
    symptom: str = ""  # what the visible check says of it
    missed: str = ""  # why the visible check passes


class Tried(msgspec.Struct, frozen=True):
    """The outcome of one change that was tried."""

    wanted: Change
    shown: str | None  # what the visible check says; None where it passes
    noticed: bool  # by the suite
    lost: float | None = None  # points; None where it was enough to know that it is noticed
    named: list[str] = []  # by the record
    told: list[str] = []  # messages of the checks that failed by themselves
    usable: bool = True  # an answer of the asked form came back

    @property
    def is_told(self) -> bool:
        """Tell whether the student reads of every mistake that was made."""
        return all(any(says in message for message in self.told) for says in self.wanted.says)

    @property
    def is_accused(self) -> bool:
        """Tell whether a mistake is named that was not made, and none that was."""
        return bool(self.named) and not any(name in " or ".join(self.named) for name in self.wanted.names)

    @property
    def shows_its_symptom(self) -> bool:
        """Tell whether the visible check says what the catalogue files its hint under."""
        return is_in(self.wanted.symptom, self.shown or "")


def entries(trials: Trials) -> Iterator[Change]:
    """The catalogue's mistakes as answers; raises `GraderError` where a change finds no place."""
    for function, several in trials.reference.catalogue.items():
        for mistake in several:
            source = _source(trials, function, mistake)
            names, says = (mistake.name,), (mistake.says,)
            yield Change(function, mistake.name, source, names, says, mistake.symptom, missed=mistake.lab_misses)


def pairs(trials: Trials, most: int, seed: int = 0) -> Iterator[Change]:
    """Two mistakes of one function at once, where the changes don't touch each other; `most` of them."""
    found = []
    for function, several in trials.reference.catalogue.items():
        apart = [mistake for mistake in several if mistake.set and mistake.run]
        for first, second in itertools.combinations(apart, 2):
            if not set(first.set) & set(second.set):
                source = second.source(first.source(trials.answer(function)))
                names, says = (first.name, second.name), (first.says, second.says)
                found.append(Change(function, " + ".join(names), source, names, says))
    random.Random(seed).shuffle(found)  # a sample, not a secret
    yield from found[:most]


def slips(trials: Trials) -> Iterator[Change]:
    """Every small change of the solutions, as `autograder mutants` makes them: most are in no catalogue."""
    reasons = {
        (entry.function, change): entry.reason for entry in listed(trials.home, MISSED) for change in entry.changes
    }
    for mutant in all_mutants(trials):
        missed = reasons.get((mutant.function, mutant.change), "")
        yield Change(mutant.function, mutant.change, mutant.source, missed=missed)


def try_change(trials: Trials, wanted: Change) -> Tried:
    """Run the visible check on a change, and grade it: a mutant that fails there, up to the first failing check."""
    answers = {wanted.function: wanted.source}
    shown = trials.verdict(wanted.function, answers)
    if shown is not None and not wanted.names:
        return Tried(wanted, shown, noticed=trials.first_failed(answers) is not None)
    graded = trials.graded(answers)
    told = [check.message for check in graded.failed]
    usable = trials.gives_an_answer(wanted.function, wanted.source)
    return Tried(wanted, shown, graded.lost > 0, graded.lost, graded.named, told, usable)


def _source(trials: Trials, function: str, mistake: Mistake) -> str:
    try:
        return mistake.source(trials.answer(function))
    except (ValueError, SyntaxError) as error:
        raise GraderError(f"{trials.assignment.name}, {function}: {error}") from error
