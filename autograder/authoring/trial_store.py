"""Keep the outcomes of changes that were tried, so that a long run that was interrupted continues where it stopped.

A line of JSON each, under a hash of the change and of all that its outcome depends on: what an older suite, notebook or
kit gave is not taken for today's.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from autograder.authoring.catalogue_trials import Tried, try_change

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.authoring.catalogue_trials import Change
    from autograder.authoring.trials import Trials


class TrialStore:
    """The outcomes in a file, which grows with each that is new; without a file nothing is kept."""

    def __init__(self, path: Path | None, depends_on: str) -> None:
        """`depends_on` stands for all that an outcome depends on beside the change. Raises `OSError`."""
        self._path = path
        self._depends_on = depends_on
        self._known: dict[str, Tried] = {}
        if path is not None and path.exists():
            for line in path.read_bytes().splitlines():
                self._read(line)

    def _read(self, line: bytes) -> None:
        try:
            key, outcome = msgspec.json.decode(line, type=tuple[str, Tried])
        except msgspec.MsgspecError:  # an interrupted run's last line
            return
        self._known[key] = outcome

    def outcome_of(self, trials: Trials, wanted: Change) -> Tried:
        """Return a change's outcome: stored, or tried now. Raises `OSError` where it can't be written down."""
        key = self._key(wanted)
        if key not in self._known:
            self._known[key] = try_change(trials, wanted)
            if self._path is not None:
                with self._path.open("ab") as file:
                    # A line of its own also where an interrupted run left half of one.
                    file.write(b"\n" + msgspec.json.encode((key, self._known[key])) + b"\n")
        return msgspec.structs.replace(self._known[key], wanted=wanted)

    def _key(self, wanted: Change) -> str:
        bare = (self._depends_on, wanted.function, wanted.source, bool(wanted.names))
        return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()
