"""The outcome of a lab's trials in words, for `autograder mistakes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from autograder.authoring.catalogue_trials import entries, pairs, slips, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from autograder.authoring.catalogue_trials import Tried, Wanted
    from autograder.authoring.trials import Trials


class Cross(NamedTuple):
    """What went through the visible check and through the suite, and came out of only one of them."""

    only_the_lab: list[Tried]  # fails the visible check, keeps full marks
    only_the_suite: list[Tried]  # passes the visible check, loses points

    @classmethod
    def of(cls, all_tried: Iterable[Tried]) -> Cross:
        """Sort what was tried."""
        several = list(all_tried)
        return cls(
            [one for one in several if one.shown is not None and not one.lost],
            [one for one in several if one.shown is None and one.lost],
        )


def lines(
    trials: Trials, *, most_pairs: int, with_slips: bool, watch: Callable[[Iterable[Wanted]], Iterable[Wanted]]
) -> Iterator[str]:
    """Try a lab's catalogue, and what else is asked for; `watch` shows how far it is."""
    single = [tried(trials, wanted) for wanted in watch(list(entries(trials)))]
    double = [tried(trials, wanted) for wanted in watch(list(pairs(trials, most_pairs)))]
    others = [tried(trials, wanted) for wanted in watch(list(slips(trials)) if with_slips else [])]
    yield f"{trials.assignment.name}: {len(single)} mistakes, {sum(one.is_told for one in single)} told as they are"
    yield from (f"  not told: {_words(one)}: {one.named} {one.told}" for one in single if not one.is_told)
    yield from (f"  another symptom: {_words(one)}: {one.shown}" for one in single if not one.shows_its_symptom)
    if double:
        accused = [one for one in double if one.is_accused]
        yield f"  {len(double)} pairs, both told in {sum(one.is_told for one in double)}, accused {len(accused)}"
    if others:
        yield f"  {len(others)} other slips, {sum(bool(one.named) for one in others)} of them the catalogue's as well"
    yield from _costs(trials, single)
    cross = Cross.of([*single, *others])
    yield f"  fail the visible check and keep full marks: {len(cross.only_the_lab)}"
    yield from (f"    {_words(one)}: {one.shown}" for one in cross.only_the_lab)
    yield f"  pass the visible check and lose points: {len(cross.only_the_suite)}"
    yield from (f"    {_words(one)}: {one.lost:g}" for one in cross.only_the_suite)


def _costs(trials: Trials, single: list[Tried]) -> Iterator[str]:
    usable = sorted((one for one in single if one.usable), key=lambda one: -one.lost)
    if usable:
        yield f"  the dearest that gives an answer: {usable[0].lost:g} of {trials.max_score:g}, {_words(usable[0])}"
    lost = [one for one in single if not one.usable]
    yield from (f"  gives no answer: {one.lost:g} of {trials.max_score:g}, {_words(one)}" for one in lost)


def _words(one: Tried) -> str:
    return f"{one.wanted.function}: {one.wanted.title}"
