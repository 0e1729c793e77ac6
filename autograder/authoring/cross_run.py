"""The cross run: every mistake and every mutant goes through the visible check and through the suite.

What fails the first and keeps full marks would surprise a student one way, what passes it and loses points the other
way. None may do the first; each that does the second needs the reason why the visible check can't show it: in the
catalogue under `lab misses`, for mutants in the lab's list of missed mutants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from autograder.authoring.catalogue_trials import Tried


class Cross(NamedTuple):
    """The changes that only one of the two noticed, and reasons that are not true."""

    only_the_lab: list[Tried]  # fails the visible check, keeps full marks
    only_the_suite: list[Tried]  # passes the visible check, loses points
    wrong: list[Tried]  # has a reason for passing the visible check, and fails it

    @classmethod
    def of(cls, all_tried: Iterable[Tried]) -> Cross:
        """Sort what was tried."""
        several = list(all_tried)
        return cls(
            [tried for tried in several if tried.shown is not None and not tried.noticed],
            [tried for tried in several if tried.shown is None and tried.noticed],
            [tried for tried in several if tried.shown is not None and tried.wanted.missed],
        )

    @property
    def clean(self) -> bool:
        """Tell whether nothing surprises without a reason."""
        return not self.only_the_lab and not self.wrong and all(tried.wanted.missed for tried in self.only_the_suite)

    def lines(self) -> Iterator[str]:
        """The run in words."""
        yield f"  fail the visible check and keep full marks: {len(self.only_the_lab)}"
        yield from (f"    {words(tried)}: {tried.shown}" for tried in self.only_the_lab)
        bare = sum(not tried.wanted.missed for tried in self.only_the_suite)
        yield f"  pass the visible check and lose points: {len(self.only_the_suite)}, {bare} of them without a reason"
        for tried in self.only_the_suite:
            yield f"    {words(tried)}: {tried.lost:g}. {tried.wanted.missed or 'No reason is given.'}"
        yield from (f"  is said to pass the visible check, which shows it: {words(tried)}" for tried in self.wrong)


def words(tried: Tried) -> str:
    """Say what was tried: the function and the change."""
    return f"{tried.wanted.function}: {tried.wanted.title}"
