"""Slips that nobody has put into a catalogue: one line of the solution replaced by a random expression.

What the recogniser makes of them shows whether it accuses anybody: a mistake that it names has to give the same
numbers as the slip on rows that it has not seen, and no other quantity than the slip's own may be charged.
"""

from __future__ import annotations

import ast
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.suite.catalogue import Mistake
from autograder.suite.diagnosis import Recogniser
from autograder.suite.findings import Solution
from autograder.suite.quantities import outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from autograder.suite.judge import Judge
    from autograder.suite.reference import Reference
    from autograder.suite.variants import Program, Row

FUNCTIONS = ("sigmoid", "np.tanh", "np.sin", "abs")
DEEP = 4
FRESH_ROWS = 40


@dataclass
class SlipTally:
    """Count how many random slips were tried, and how many were named or charged as what they are not."""

    tried: int = 0
    named: int = 0  # and the mistake gives the same numbers on fresh rows
    false_names: list[str] = field(default_factory=list)
    others_charged: list[str] = field(default_factory=list)


def try_slips(
    judge: Judge, reference: Reference, count: int, seed: int = 0, behind: Mapping[str, str] | None = None
) -> SlipTally:
    """Run `count` random slips of a function through its recogniser, each with the changed assignments of `behind`."""
    import numpy as np

    found, by_chance = SlipTally(), random.Random(seed)  # a sample, not a secret
    draw = np.random.default_rng(seed)
    solution, known = reference.program(judge), reference.mistakes(judge)
    programs = {entry.name + entry.says: program for entry, program, _ in known}
    changed = behind or {}
    for key, expression in _expressions(judge, reference, by_chance):
        if found.tried == count:
            break
        if key in changed:
            continue
        slip = Mistake(name="slip", says="", next="", set={**changed, key: expression})
        program = reference.program(judge, slip)
        rows, fresh = judge.trial_rows(draw), judge.trial_rows(draw, FRESH_ROWS)
        got = [outcome(judge, program, row, {}) for row in rows]
        if not all(isinstance(answer, dict) for answer in got) or not _changes(judge, key, program, solution, rows):
            continue
        found.tried += 1
        recogniser = Recogniser(judge, rows, [answer for answer in got if isinstance(answer, dict)])
        diagnosis = recogniser.judge([Solution(solution)])
        recogniser.explain(diagnosis, known, [Solution(solution)])
        label = f"{judge.function}: {key} = {expression}"
        if set(diagnosis.wrong(judge.keys)) - {key, *changed}:
            found.others_charged.append(label)
        for entry in diagnosis.mistakes.get(key, []):
            if _changes(judge, key, program, programs[entry.name + entry.says], fresh):
                found.false_names.append(f"{label} is told {entry.name!r}")
            else:
                found.named += 1
    return found


def _changes(judge: Judge, key: str, program: Program, other: Program, rows: Sequence[Row]) -> bool:
    """Tell whether two programs differ in a quantity on some row, all else being as the first has it."""
    for row in rows:
        mine = outcome(judge, program, row, {})
        if not isinstance(mine, dict):
            continue
        theirs = outcome(judge, other, row, {name: value for name, value in mine.items() if name != key})
        if not isinstance(theirs, dict) or not judge.same(mine[key], theirs[key]):
            return True
    return False


def _expressions(judge: Judge, reference: Reference, by_chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield, without end, pairs of a quantity and an expression of what is known where it is assigned."""
    tree = ast.parse(reference.answer(judge.function)).body[-1]
    assert isinstance(tree, ast.FunctionDef)
    arguments = [argument.arg for argument in tree.args.args]
    while True:
        key = by_chance.choice(judge.keys)
        names = arguments + list(judge.keys[: judge.keys.index(key)])
        yield key, _expression(names, by_chance, DEEP)


def _expression(names: Sequence[str], by_chance: random.Random, deep: int) -> str:
    kind = by_chance.random()
    if deep == 0 or kind < 0.3:
        return by_chance.choice([*names, str(round(by_chance.uniform(-2, 2), 2))])
    if kind < 0.5:
        return f"{by_chance.choice(FUNCTIONS)}({_expression(names, by_chance, deep - 1)})"
    left, right = (_expression(names, by_chance, deep - 1) for _ in range(2))
    return f"({left} {by_chance.choice('+-*')} {right})"
