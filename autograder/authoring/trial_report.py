"""The outcome of a lab's trials in words, for `autograder mistakes`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from autograder.authoring.catalogue_trials import entries, pairs, slips
from autograder.authoring.cross_run import Cross, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from autograder.authoring.catalogue_trials import Change, Tried
    from autograder.authoring.trial_store import TrialStore
    from autograder.authoring.trials import Trials


class Report(NamedTuple):
    """The outcomes of a lab's mistakes, of pairs of them, and of its mutants."""

    lab: str
    max_score: float
    single: list[Tried]
    double: list[Tried]
    mutants: list[Tried]

    @classmethod
    def of(
        cls,
        trials: Trials,
        kept: TrialStore,
        *,
        most_pairs: int = 0,
        with_slips: bool = False,
        watch: Callable[[list[Change]], Iterable[Change]],
    ) -> Self:
        """Try a lab's catalogue, and what else is asked for; `watch` shows how far it is."""
        parts = [list(entries(trials)), list(pairs(trials, most_pairs)), list(slips(trials)) if with_slips else []]
        found = [[kept.outcome_of(trials, wanted) for wanted in watch(part)] for part in parts]
        return cls(trials.assignment.name, trials.max_score, *found)

    @property
    def cross(self) -> Cross:
        """The cross run of mistakes and mutants."""
        return Cross.of([*self.single, *self.mutants])

    @property
    def clean(self) -> bool:
        """Tell whether each mistake is told as it is and shows its symptom, and the cross run surprises nobody."""
        return self.cross.clean and all(tried.is_told and tried.shows_its_symptom for tried in self.single)

    def lines(self) -> Iterator[str]:
        """All of it in words."""
        single, double = self.single, self.double
        yield f"{self.lab}: {len(single)} mistakes, {sum(tried.is_told for tried in single)} told as they are"
        yield from (f"  not told: {words(tried)}: {tried.named} {tried.told}" for tried in single if not tried.is_told)
        yield from (
            f"  another symptom: {words(tried)}: {tried.shown}" for tried in single if not tried.shows_its_symptom
        )
        if double:
            accused = [tried for tried in double if tried.is_accused]
            told = sum(tried.is_told for tried in double)
            yield f"  {len(double)} pairs, both told in {told}, accused {len(accused)}"
            yield from (
                f"  not both told: {words(tried)}: {tried.named} {tried.told}" for tried in double if not tried.is_told
            )
        yield from self._costs()
        yield f"  {len(single)} mistakes and {len(self.mutants)} mutants through visible check and suite:"
        yield from self.cross.lines()

    def _costs(self) -> Iterator[str]:
        usable = sorted((tried for tried in self.single if tried.usable), key=lambda tried: -(tried.lost or 0))
        if usable:
            most = usable[0]
            yield f"  the most expensive that gives an answer: {most.lost:g} of {self.max_score:g}, {words(most)}"
        lost = [tried for tried in self.single if not tried.usable]
        yield from (f"  gives no answer: {tried.lost:g} of {self.max_score:g}, {words(tried)}" for tried in lost)
