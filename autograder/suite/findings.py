"""The findings of a diagnosis, by quantity, and what it compares answers with."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from autograder.suite.catalogue import MOST_NAMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.suite.catalogue import Mistake
    from autograder.suite.variants import Program


@dataclass
class Diagnosis:
    """The findings of a diagnosis, by quantity."""

    right: set[str] = field(default_factory=set)
    rounded: set[str] = field(default_factory=set)  # right but for digits that were dropped
    follows: dict[str, str] = field(default_factory=dict)  # right only from own values that can't tell, named here
    constant: set[str] = field(default_factory=set)  # wrong, and the same on all rows
    mistakes: dict[str, list[Mistake]] = field(default_factory=dict)  # what explains a wrong quantity
    cut: set[str] = field(default_factory=set)  # explained by a mistake's numbers, rounded
    doubtful: list[str] = field(default_factory=list)  # all that is not right as it stands, in order
    unsteady: bool = False  # the same row, asked twice, gave two answers

    def wrong(self, keys: Sequence[str]) -> list[str]:
        """The quantities that are neither right nor rounded nor only follow, in order."""
        return [key for key in keys if key not in self.right | self.rounded and key not in self.follows]


class Solution(NamedTuple):
    """The solution as a program; `own` names the student's functions that it runs with, if any."""

    program: Program
    own: str = ""


Known = tuple["Mistake", "Program", "set[str] | None"]
"""A mistake of the catalogue, its program, and the quantities that it changes where that is known."""
Fits = dict["frozenset[str]", "list[Known]"]
Rivals = Callable[[], "Sequence[Known]"]
"""Gives the known mistakes, when they are asked for: where all is right nobody asks."""


def closest_of(several: list[Known]) -> list[Known]:
    """Return of mistakes that fit alike the likely ones, or those that the student's text shows; none of too many."""
    likely = [one for one in several if not one[0].rare] or several
    closest = [one for one in likely if one[0].written] or likely
    return closest if len(closest) <= MOST_NAMED else []


def choices(doubtful: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All subsets, small ones first; of many quantities only those of up to two, and all of them."""
    if len(doubtful) <= 5:
        for size in range(len(doubtful) + 1):
            yield from itertools.combinations(doubtful, size)
        return
    for size in range(3):
        yield from itertools.combinations(doubtful, size)
    yield tuple(doubtful)
