"""Mutants by lab: made, noticed, known to be equivalent, alive.

What alters nothing that a contract covers stands, with its reason, in `equivalent_mutants.yml` in the lab's own folder.
That list is held to: an entry that fits no mutant, or one that a check notices, is a finding as well. A second list of
the same form, `missed_mutants.yml`, is for those that only the suite notices, see `authoring.cross`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from autograder.authoring.trials import Trials
from autograder.errors import GraderError, UsageError
from autograder.mutants.mutate import Mutant, mutants

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from autograder.course import Course
    from autograder.sandbox.client import WarmServer

FILE = "equivalent_mutants.yml"
MISSED = "missed_mutants.yml"


class Listed(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Some changes of one function that alter nothing, or that the visible check can't show, and why."""

    function: str
    reason: str
    changes: list[str]


class Tally(msgspec.Struct):
    """What became of a lab's mutants. `wrong` are entries of the list that are not so."""

    lab: str
    made: int = 0
    killed: int = 0
    equivalent: int = 0
    alive: list[Mutant] = []
    wrong: list[str] = []
    killers: dict[str, int] = {}  # check -> how many mutants it was the first to notice

    @property
    def clean(self) -> bool:
        """Whether every mutant was noticed or is known to be equivalent."""
        return not self.alive and not self.wrong


def listed(home: Path, file: str = FILE) -> list[Listed]:
    """A list of mutants in a lab's own folder, of the equivalent ones or another; raises `UsageError`."""
    path = home / file
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=list[Listed])
    except FileNotFoundError:
        return []
    except msgspec.MsgspecError as error:
        raise UsageError(f"{error} in {path}: write function, reason and changes for each entry") from error


def all_mutants(trials: Trials) -> list[Mutant]:
    """Every mutant of a lab's solutions."""
    return [mutant for name in trials.assignment.points for mutant in mutants(name, trials.answer(name))]


def tally(course: Course, lab: str, server: WarmServer, *, sample: int | None = None) -> Tally:
    """Grade a lab's mutants, or a sample of them that is always the same, and count."""
    equivalent, missed = (_changes(course.home(lab), file) for file in (FILE, MISSED))
    with Trials(course, lab, server) as trials:
        every = all_mutants(trials)
        chosen = every if sample is None else sorted(every, key=_by_chance)[:sample]
        found = Tally(lab, made=len(chosen))
        for mutant in chosen:
            _count(found, mutant, _noticed_by(trials, mutant), known=(mutant.function, mutant.change) in equivalent)
    there = {(mutant.function, mutant.change) for mutant in every}
    found.wrong += [
        f"{function}: {change}: no such mutant" for function, change in sorted((equivalent | missed) - there)
    ]
    return found


def _changes(home: Path, file: str) -> set[tuple[str, str]]:
    return {(entry.function, change) for entry in listed(home, file) for change in entry.changes}


def _noticed_by(trials: Trials, mutant: Mutant) -> str | None:
    """The check that fails on a mutant; None if all pass. Raises `GraderError` where the suite itself breaks."""
    try:
        return trials.first_failed({mutant.function: mutant.source})
    except GraderError as error:
        raise GraderError(f"{mutant.change}: {error}") from error


def _by_chance(mutant: Mutant) -> bytes:
    return hashlib.sha256(mutant.source.encode()).digest()


def _count(found: Tally, mutant: Mutant, killer: str | None, *, known: bool) -> None:
    if killer is None:
        found.equivalent += known
        found.alive += [] if known else [mutant]
        return
    found.killed += 1
    found.killers[killer] = found.killers.get(killer, 0) + 1
    if known:
        found.wrong.append(f"{mutant.function}: {mutant.change}: {killer} notices it")


def lines(found: Tally) -> Iterable[str]:
    """The tally in words."""
    yield (
        f"{found.lab}: {found.made} mutants, {found.killed} killed, {found.equivalent} equivalent, "
        f"{len(found.alive)} alive"
    )
    yield from (f"  alive: {mutant.function}: {mutant.change}" for mutant in found.alive)
    yield from (f"  a list of mutants is wrong: {entry}" for entry in found.wrong)
