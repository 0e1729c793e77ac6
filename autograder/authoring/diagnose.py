"""Measure the recogniser: known mistakes written in other ways, alone and in pairs, and what the student is told.

The label is known here and nowhere else: a changed solution is rewritten (`answer_styles`), tried to do still the same,
and handed in. Precision is the share of named mistakes that were made; recall the share of mistakes that were named.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from autograder.authoring.answer_styles import STYLES
from autograder.authoring.answers import all_alike, from_here
from autograder.authoring.calibration_runs import interval
from autograder.suite.catalogue import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from autograder.authoring.trials import Trials
    from autograder.course.settings import Course

Label = tuple[str, Mistake]
"""A mistake, with the function that it is made in."""
_SEED_OF_ROWS = 1
_FILE = "diagnosis.json"


class Case(NamedTuple):
    """A submission with known mistakes: the answers by function, and what they are dressed in."""

    labels: tuple[Label, ...]
    style: str
    answers: dict[str, str]


class Tally(msgspec.Struct):
    """The counts over some cases."""

    cases: int = 0
    made: int = 0  # mistakes
    told: int = 0  # of these
    named: int = 0  # mistakes of the catalogue that were said, each once a case
    right: int = 0  # of these
    unknown: int = 0  # cases in which none was said
    confused: dict[str, int] = {}  # "made -> said"
    general: dict[str, int] = {}  # what was said in general words, that name no mistake of the catalogue

    @property
    def lines(self) -> Iterator[str]:
        """The counts in words, with intervals."""
        yield f"precision {share(self.right, self.named)}, recall {share(self.told, self.made)}"
        yield f"nothing named in {self.unknown} of {self.cases}"
        yield from (f"confused: {what} ({count})" for what, count in sorted(self.confused.items()))
        yield from (f"in general words: {what} ({count})" for what, count in sorted(self.general.items()))


class Table(msgspec.Struct):
    """The stored figures of one lab."""

    assignment: str
    seed: int
    versions: dict[str, str]
    single: Tally
    pairs: Tally
    by_style: dict[str, Tally]


def share(hits: int, runs: int) -> str:
    """A rate with its interval: `59 of 60, 0.983 (0.911 to 1.000)`."""
    low, high = interval(hits, runs)
    return f"{hits} of {runs}" + (f", {hits / runs:.3f} ({low:.3f} to {high:.3f})" if runs else "")


def cases(trials: Trials, single: int, pairs: int, seed: int) -> Iterator[Case]:
    """So many mistakes alone, then so many pairs, drawn by `seed`, each in the first style that fits."""
    chance = random.Random(seed)  # a sample, not a secret
    labels = [
        (function, entry)
        for function, entries in trials.reference.catalogue.items()
        for entry in entries
        if (entry.run or entry.written) and not entry.raises
    ]
    chance.shuffle(labels)
    yield from itertools.islice(filter(None, (_dressed(trials, (label,), chance) for label in labels)), single)
    two = ((chance.choice(labels), chance.choice(labels)) for _ in range(20 * pairs))
    yield from itertools.islice(filter(None, (_dressed(trials, both, chance) for both in two)), pairs)


def _dressed(trials: Trials, labels: tuple[Label, ...], chance: random.Random) -> Case | None:
    """The mistakes in one answer or in two, rewritten; None where they don't go together, or no style fits."""
    sources: dict[str, str] = {}
    try:
        for function, entry in labels:
            sources[function] = entry.source(sources.get(function, trials.answer(function)))
    except (ValueError, SyntaxError):
        return None
    if len(labels) > 1 and (labels[0] == labels[1] or _is_another(trials, sources)):
        return None
    for style in chance.sample(sorted(STYLES), len(STYLES)):
        answers = {function: STYLES[style](source) or "" for function, source in sources.items()}
        if all(
            answers[function] and _does_the_same(trials, function, source, answers[function])
            for function, source in sources.items()
        ):
            return Case(labels, style, answers)
    return None


def _is_another(trials: Trials, sources: dict[str, str]) -> bool:
    """Tell whether two mistakes in one function come to the same as a single one, or as none: nobody can tell then."""
    if len(sources) > 1:
        return False
    function, source = next(iter(sources.items()))
    answer = trials.answer(function)
    single = [entry.source(answer) for entry in trials.reference.catalogue[function] if entry.run]
    return any(_does_the_same(trials, function, source, other) for other in (answer, *single))


def _does_the_same(trials: Trials, function: str, source: str, other: str) -> bool:
    """Tell whether two answers give the same at all rows of the function's judges, here."""
    for judge in trials.judges:
        if judge.function == function:
            rows = judge.trial_rows(np.random.default_rng(_SEED_OF_ROWS))
            programs = [
                trials.reference.program(judge, Mistake(name="", says="", next="", instead=text))
                for text in (source, other)
            ]
            mine, theirs = ([from_here(judge, program, row) for row in rows] for program in programs)
            if not all_alike(judge, mine, theirs):
                return False
    return True


def count(trials: Trials, case: Case, *tallies: Tally) -> None:
    """Hand a case in, and count what is told."""
    failed = trials.graded(case.answers).failed
    told = [entry for _, entry in case.labels if any(entry.says in check.message for check in failed)]
    known = {entry.name for entries in trials.reference.catalogue.values() for entry in entries}
    said = {check.mistake: check for check in failed if check.mistake}
    named = {name: check for name, check in said.items() if known & {name, *name.split(" or ")}}
    general = Counter(f"{_made(case)} -> {name}" for name in said if name not in named)
    right = [
        name
        for name, check in named.items()
        if any(entry.says in check.message or entry.name in {name, *name.split(" or ")} for _, entry in case.labels)
    ]
    confused = Counter(f"{_made(case)} -> {name}" for name in named if name not in right)
    for tally in tallies:
        tally.cases += 1
        tally.made += len(case.labels)
        tally.told += len(told)
        tally.named += len(named)
        tally.right += len(right)
        tally.unknown += not named
        tally.confused = dict(Counter(tally.confused) + confused)
        tally.general = dict(Counter(tally.general) + general)


def _made(case: Case) -> str:
    return " + ".join(f"{function}: {entry.name}" for function, entry in case.labels)


def measure(
    trials: Trials, single: int, pairs: int, seed: int, watch: Callable[[Iterable[Case]], Iterable[Case]]
) -> Table:
    """Try a sample of a lab's mistakes and of pairs of them."""
    from autograder.authoring.calibration_runs import versions

    table = Table(trials.assignment.name, seed, versions(), Tally(), Tally(), {})
    for case in watch(list(cases(trials, single, pairs, seed))):
        if len(case.labels) == 1:
            count(trials, case, table.single, table.by_style.setdefault(case.style, Tally()))
        else:
            count(trials, case, table.pairs)
    return table


def lines(table: Table) -> Iterator[str]:
    """A lab's figures in words."""
    yield f"{table.assignment}: {table.single.cases} mistakes written in other ways (seed {table.seed})"
    yield from (f"  {line}" for line in table.single.lines)
    for style, tally in sorted(table.by_style.items()):
        yield f"    {style}: precision {share(tally.right, tally.named)}, recall {share(tally.told, tally.made)}"
    if table.pairs.cases:
        yield f"  {table.pairs.cases} pairs"
        yield from (f"  {line}" for line in table.pairs.lines)


def table_path(course: Course, assignment: str) -> Path:
    """Return the path of a lab's stored figures: in its own folder."""
    return course.home(assignment) / _FILE
