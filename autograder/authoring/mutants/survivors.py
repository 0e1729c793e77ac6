"""Mutants by lab: made, noticed, known to be equivalent, alive.

What alters nothing that a contract covers stands, with its reason, in `equivalent_mutants.yml` in the lab's own folder.
That list is held to: an entry that fits no mutant, or one that a check notices, is a finding as well. A second list of
the same form, `missed_mutants.yml`, is for those that only the suite notices, see `authoring.cross_run`.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from autograder.authoring.mutants.mutate import Mutant, mutants
from autograder.authoring.trials import SuiteBreaksError, Trials
from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from autograder.course.settings import Course
    from autograder.sandbox.server_client import WarmServer

FILE = "equivalent_mutants.yml"
MISSED = "missed_mutants.yml"


class Listed(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Some changes of one function that alter nothing, or that the visible check can't show, and why."""

    function: str
    reason: str
    changes: list[str]


class Tally(msgspec.Struct):
    """The outcomes of a lab's mutants; `wrong` are entries of the list of equivalent ones that are not true."""

    lab: str
    made: int = 0
    killed: int = 0
    equivalent: int = 0
    alive: list[Mutant] = []
    broken: list[str] = []  # mutants that make the suite itself break, with where and by what
    wrong: list[str] = []
    killers: dict[str, int] = {}  # check -> how many mutants it was the first to notice

    @property
    def clean(self) -> bool:
        """Tell whether every mutant was noticed or is known to be equivalent, and the suite stood them all."""
        return not self.alive and not self.wrong and not self.broken


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
        chosen = every if sample is None else sorted(every, key=mutant_order)[:sample]
        found = Tally(lab, made=len(chosen))
        for mutant in chosen:
            try:
                killer = trials.first_failed({mutant.function: mutant.source})
            except SuiteBreaksError as error:
                found.broken.append(f"{error.place}: {error.what} [{mutant.function}: {mutant.change}]")
            else:
                _count(found, mutant, killer, known=(mutant.function, mutant.change) in equivalent)
    there = {(mutant.function, mutant.change) for mutant in every}
    found.wrong += [
        f"{function}: {change}: no such mutant" for function, change in sorted((equivalent | missed) - there)
    ]
    return found


def _changes(home: Path, file: str) -> set[tuple[str, str]]:
    return {(entry.function, change) for entry in listed(home, file) for change in entry.changes}


def mutant_order(mutant: Mutant) -> bytes:
    """Return a sort key for mutants that gives the same sample every time."""
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
        f"{len(found.alive)} alive" + (f", {len(found.broken)} break the suite" if found.broken else "")
    )
    yield from (f"  the suite breaks in {why}" for why in found.broken)
    yield from (f"  alive: {mutant.function}: {mutant.change}" for mutant in found.alive)
    yield from (f"  a list of mutants is wrong: {entry}" for entry in found.wrong)
