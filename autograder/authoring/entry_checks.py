"""A catalogue's entries, each run: what is wrong with one as an entry.

A mistake is recognised by running its variant in the grader, so an entry has to end, to give the same twice, to leave
inputs and generators alone, and to give there what a student's process would. It has to differ from the solution on
what the suite asks, and from every entry that says something else. All of it is tried in the sandbox first.
"""

from __future__ import annotations

import ast
import hashlib
import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from autograder.authoring.answers import Ended, Surroundings, all_alike, from_here

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from autograder.authoring.answers import Heard
    from autograder.authoring.trials import Trials
    from autograder.suite.catalogue import Mistake
    from autograder.suite.judge import Judge
    from autograder.suite.variants import Row

    Rows = Mapping[Judge, list[Row]]
    AllHeard = Mapping[Judge, list[Heard]]

SEED = 0
"""The seed of the rows that are drawn: the same whenever a catalogue is looked through."""


class Fault(NamedTuple):
    """One thing that is wrong with an entry, and what to do about it."""

    function: str
    entry: str
    what: str
    fix: str


def faults(trials: Trials, most: int | None = None) -> Iterator[Fault]:
    """Yield what is wrong with a lab's catalogue entries; of `most` for each function, always the same."""
    for function, several in trials.reference.catalogue.items():
        if function in trials.assignment.points:
            yield from _Function(trials, function).faults(sorted(several, key=_by_chance)[:most] if most else several)


def _by_chance(entry: Mistake) -> bytes:
    return hashlib.sha256(repr(entry).encode()).digest()


class _Function:
    """The judges of a function, and what they hear of the solution."""

    def __init__(self, trials: Trials, function: str) -> None:
        self._trials, self._function = trials, function
        self._rows: Rows = {
            judge: judge.trial_rows(np.random.default_rng(SEED))
            for judge in trials.judges
            if judge.function == function
        }
        self._surroundings = Surroundings([row for rows in self._rows.values() for row in rows])
        self._right = self._here(None)

    def faults(self, entries: list[Mistake]) -> Iterator[Fault]:
        """Yield what is wrong with the entries, one by one and together."""
        found: list[tuple[Mistake, AllHeard]] = []
        able = [(entry, source) for entry in entries if (source := self._source(entry))]
        both = {judge: [*rows, *rows] for judge, rows in self._rows.items()}
        together = self._trials.heard_together(self._function, [source for _, source in able], both)
        for (entry, source), there in zip(able, together, strict=True):
            here, wrong = self._judged(entry, there)
            if wrong:  # in a child of its own it may be right
                here, wrong = self._judged(entry, self._trials.heard(self._function, source, both))
            if here is not None and self._same(here, self._right):
                if self._trials.first_failed({self._function: source}) is None:
                    fix = "ask in the suite for what differs, or remove the entry"
                    wrong.append(("is the solution on every input that the suite asks", fix))
            elif here is not None and not wrong:
                found.append((entry, here))
            yield from (Fault(self._function, entry.name, what, fix) for what, fix in wrong)
        for (first, mine), (other, theirs) in itertools.combinations(found, 2):
            by_text = first.written != other.written  # the student's own text tells these apart
            if first.says != other.says and not by_text and self._same(mine, theirs):
                what = f"gives on every input what {other.name!r} gives, and says something else: {other.says[:60]!r}"
                yield Fault(self._function, first.name, what, "say the same in both, or ask the suite for what differs")

    def _source(self, entry: Mistake) -> str:
        """The answer with the mistake in it; nothing where it is not to be run, or finds no place: another rule's."""
        try:
            source = entry.source(self._trials.answer(self._function)) if entry.run and not entry.raises else ""
            ast.parse(source)
        except (ValueError, SyntaxError):
            return ""
        return source

    def _judged(self, entry: Mistake, there: AllHeard) -> tuple[AllHeard | None, list[tuple[str, str]]]:
        """Return what is heard of an entry here, if it can be run; and what is wrong with the entry by itself.

        `there` is what was heard of it in the sandbox, where all was asked twice.
        """
        if (words := _ended(there)) is not None:
            return None, [
                (f"can't be run: {words}", "make it end, or say `run: false`: it is for the corpus only then")
            ]
        first = {judge: several[: len(several) // 2] for judge, several in there.items()}
        again = {judge: several[len(several) // 2 :] for judge, several in there.items()}
        here = self._here(entry)
        wrong = [
            (f"changes {what} where it is run", "take out of it what does that")
            for what in self._surroundings.changed()
        ]
        if not self._same(first, again):
            wrong.append(("gives two answers to the same question", "take out of it what is random, or is kept"))
        elif not self._same(here, first):
            wrong.append(("gives something else in the grader than in the sandbox", "write it without what differs"))
        return here, wrong

    def _here(self, entry: Mistake | None) -> AllHeard:
        found = {}
        for judge, rows in self._rows.items():
            program = self._trials.reference.program(judge, entry)
            found[judge] = [from_here(judge, program, row) for row in rows]
        return found

    def _same(self, mine: AllHeard, theirs: AllHeard) -> bool:
        return all(all_alike(judge, mine[judge], theirs[judge]) for judge in self._rows)


def _ended(there: AllHeard) -> str | None:
    """Say how a call ended if it ended in another way than by an exception; None if none did."""
    return next((heard.words for several in there.values() for heard in several if isinstance(heard, Ended)), None)
