"""Standard output of a student's code, kept in memory and capped."""

from __future__ import annotations

import io


class Capture(io.TextIOBase):
    """Standard output of one call; what goes over the submission's allowance is dropped, and that is noted."""

    def __init__(self, allowance: int) -> None:
        self.left = allowance
        self.truncated = False
        self._parts: list[str] = []

    def write(self, text: str) -> int:
        """Keep what fits of the text; all of it counts as written."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        text = str.__str__(text)  # of a str of the student's own kind, the text alone
        self._parts.append(text[: max(self.left, 0)])
        self.truncated |= len(text) > self.left
        self.left -= len(text)
        return len(text)

    def writable(self) -> bool:
        """Return True: it can always be written to."""
        return True

    def close(self) -> None:
        """Stay open: after a student's `sys.stdout.close()` the next call prints again."""

    def take(self) -> str:
        """Return what was written since the last call, as valid UTF-8."""
        text = "".join(self._parts).encode("utf-8", "replace").decode()
        self._parts.clear()
        return text
