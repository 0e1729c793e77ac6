"""Remember what is known of a submission from one check to the next: answers, and why there were none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from autograder.suite.failures import StudentFailure
from autograder.suite.stages import CheckFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


@dataclass
class _Entry:
    """A value, or the failure in its place."""

    value: Any
    failure: CheckFailed | StudentFailure | None
    clean: bool  # asked when no child of the submission had seen hidden inputs


@dataclass
class _Work:
    """The check at work."""

    check: str = ""


class AnswerCache:
    """Results and failures of one submission by key, each worked out once."""

    def __init__(self, has_seen_hidden: Callable[[], bool], work: _Work | None = None) -> None:
        """Ask `has_seen_hidden` whether any child of the submission was given hidden inputs.

        A fresh child makes no difference: what is in the machine's memory, a clock or a number of a process could tell.
        """
        self._has_seen_hidden = has_seen_hidden
        self._entries: dict[Hashable, _Entry] = {}
        self._work = work or _Work()

    def beside(self) -> AnswerCache:
        """An empty memory for the same submission in other children; the check at work is the same."""
        return AnswerCache(self._has_seen_hidden, self._work)

    @property
    def current_check(self) -> str:
        """The id of the check that is running."""
        return self._work.check

    @current_check.setter
    def current_check(self, check: str) -> None:
        self._work.check = check

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under `key`, which `make` gives the first time.

        A failure is remembered as well: it is the same object in each check that raises it.
        """
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = self._made(make)
        if entry.failure is None:
            return cast("T", entry.value)
        entry.failure.shared = True
        raise entry.failure.with_traceback(None)  # or it would grow longer each time it is raised

    def _made(self, make: Callable[[], object]) -> _Entry:
        clean = not self._has_seen_hidden()
        try:
            return _Entry(make(), None, clean)
        except (CheckFailed, StudentFailure) as failure:
            return _Entry(None, failure, clean)

    def get(self, key: Hashable) -> Any:
        """The value under `key`, or None."""
        entry = self._entries.get(key)
        return entry.value if entry else None

    def is_clean(self, key: Hashable) -> bool:
        """Tell whether the value under `key` was asked before any hidden inputs."""
        entry = self._entries.get(key)
        return entry is not None and entry.clean
