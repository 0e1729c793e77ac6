"""Measure what each of a lab's mistakes costs, and what answers earn that are worked out from nothing.

A table for whoever sets the weights: one slip that still gives an answer of the asked form should cost little, and
what needs no thought should earn little.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from autograder.authoring.answers import is_answer
from autograder.authoring.catalogue_trials import entries
from autograder.authoring.generated_answers import UNWORKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from autograder.authoring.catalogue_trials import Change
    from autograder.authoring.trials import Trials


class Cost(NamedTuple):
    """The cost of one mistake, in points; `usable` is whether it still gives an answer of the asked form."""

    function: str
    mistake: str
    lost: float
    usable: bool


def of_mistakes(trials: Trials, watch: Callable[[Iterable[Change]], Iterable[Change]] = iter) -> list[Cost]:
    """Each mistake of the catalogue, handed in alone; the most expensive first."""
    wanted = list(entries(trials))
    usable = _usable(trials, wanted)
    found = [
        Cost(slip.function, slip.title, trials.graded({slip.function: slip.source}).lost, slip in usable)
        for slip in watch(wanted)
    ]
    return sorted(found, key=lambda cost: (-cost.usable, -cost.lost))


def _usable(trials: Trials, wanted: list[Change]) -> set[Change]:
    found = set()
    for function in trials.assignment.points:
        mine = [slip for slip in wanted if slip.function == function]
        heard = trials.heard_together(function, [slip.source for slip in mine], trials.own_rows(function))
        found |= {
            slip
            for slip, by_judge in zip(mine, heard, strict=True)
            if all(is_answer(answer) for several in by_judge.values() for answer in several)
        }
    return found


def of_no_work(trials: Trials) -> Iterator[tuple[str, float]]:
    """Yield, in words, each way to hand in without any work, in all functions at once, and what it earns."""
    solved = {function: trials.solved(function) for function in trials.assignment.points}
    yield "the notebook as it is handed out", trials.earned_by_the_release()
    rows = {function: next(iter(trials.own_rows(function).values()), []) for function in solved}
    typed_in = {function: solution.typed_in(rows[function]) for function, solution in solved.items()}
    yield "the lab's own numbers, written down", _earned(trials, typed_in)
    for words, expression in UNWORKED.items():
        yield words, _earned(trials, {function: solution.giving(expression) for function, solution in solved.items()})
    for place in range(max(len(solution.arguments) for solution in solved.values())):
        names = [
            solution.arguments[place % len(solution.arguments)] for solution in solved.values() if solution.arguments
        ]
        answers = {function: solution.handing_back(place) for function, solution in solved.items()}
        yield f"handed back: {', '.join(dict.fromkeys(names))}", _earned(trials, answers)


def _earned(trials: Trials, answers: dict[str, str]) -> float:
    return trials.max_score - trials.graded(answers).lost


def lines(trials: Trials, watch: Callable[[Iterable[Change]], Iterable[Change]] = iter) -> Iterator[str]:
    """The table in words."""
    costs, whole = of_mistakes(trials, watch), trials.max_score
    yield f"{trials.assignment.name}: what each of {len(costs)} mistakes costs, of {whole:g} points"
    for usable, words in ((True, "still gives an answer of the asked form"), (False, "gives none")):
        several = [cost for cost in costs if cost.usable == usable]
        dearest = f"; the most expensive costs {several[0].lost / whole:.0%}" if several else ""
        yield f"  {words}: {len(several)}{dearest}"
        for cost, count in Counter(several).items():
            yield f"    {cost.lost:6.2f}  {cost.function}: {cost.mistake}" + (f" ({count} ways)" if count > 1 else "")
    yield "  worked out from nothing, in all functions at once, earns"
    yield from (f"    {earned:6.2f}  {earned / whole:4.0%}  {words}" for words, earned in of_no_work(trials))
