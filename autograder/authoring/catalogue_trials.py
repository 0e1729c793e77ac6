"""A lab's mistakes, handed in: what each one costs, what it is told, and what the visible check says of it."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import GraderError
from autograder.mutants.run import all_mutants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.trials import Trials
    from autograder.suite.catalogue import Mistake


class Wanted(NamedTuple):
    """A change to try, and what should be said of it."""

    function: str
    title: str
    source: str
    names: tuple[str, ...] = ()  # of the mistakes in it
    says: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()  # what the visible check says of it, or of another line of the same entry


class Tried(NamedTuple):
    """What became of a change."""

    wanted: Wanted
    lost: float  # points
    named: list[str]  # by the record
    told: list[str]  # messages of the checks that failed by themselves
    shown: str | None  # what the visible check says; None where it passes
    usable: bool  # an answer of the asked form came back

    @property
    def is_told(self) -> bool:
        """Whether the student reads of every mistake that was made."""
        return all(any(says in message for message in self.told) for says in self.wanted.says)

    @property
    def is_accused(self) -> bool:
        """Whether a mistake is named that was not made, and none that was."""
        return bool(self.named) and not any(name in " or ".join(self.named) for name in self.wanted.names)

    @property
    def shows_its_symptom(self) -> bool:
        """Whether the visible check says what the lab files a hint under."""
        return not self.wanted.symptoms or any(text in (self.shown or "") for text in self.wanted.symptoms)


def entries(trials: Trials) -> Iterator[Wanted]:
    """The catalogue's mistakes as answers; raises `GraderError` where a change finds no place."""
    for function, several in trials.reference.catalogue.items():
        for mistake in several:
            source = _source(trials, function, mistake)
            symptoms = () if mistake.one_of_several else tuple(mistake.symptoms)
            yield Wanted(function, mistake.name, source, (mistake.name,), (mistake.says,), symptoms)


def pairs(trials: Trials, most: int, seed: int = 0) -> Iterator[Wanted]:
    """Two mistakes of one function at once, where the changes are assignments of different names; `most` of them."""
    found = []
    for function, several in trials.reference.catalogue.items():
        apart = [mistake for mistake in several if mistake.set and mistake.run]
        for first, second in itertools.combinations(apart, 2):
            if not set(first.set) & set(second.set):
                source = second.source(first.source(trials.answer(function)))
                names, says = (first.name, second.name), (first.says, second.says)
                found.append(Wanted(function, " + ".join(names), source, names, says))
    random.Random(seed).shuffle(found)  # noqa: S311  # a sample, not a secret
    yield from found[:most]


def slips(trials: Trials) -> Iterator[Wanted]:
    """Every small change of the solutions, as `autograder mutants` makes them: most are in no catalogue."""
    for mutant in all_mutants(trials):
        yield Wanted(mutant.function, mutant.change, mutant.source)


def tried(trials: Trials, wanted: Wanted) -> Tried:
    """Grade a change, and run the visible check on it."""
    answers = {wanted.function: wanted.source}
    graded = trials.graded(answers)
    told = [check.message for check in graded.failed]
    shown = trials.verdict(wanted.function, answers)
    return Tried(wanted, graded.lost, graded.named, told, shown, trials.gives_an_answer(wanted.function, wanted.source))


def _source(trials: Trials, function: str, mistake: Mistake) -> str:
    try:
        return mistake.source(trials.answer(function))
    except (ValueError, SyntaxError) as error:
        raise GraderError(f"{trials.assignment.name}, {function}: {error}") from error
