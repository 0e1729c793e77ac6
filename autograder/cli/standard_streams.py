"""Standard input, output and error of a command: there from the start, and never what the work depends on.

What a command does is written to files. Whoever reads what it prints may leave (`| head`), the disk behind it may be
full, or nobody may have opened it at all (`<&- >&-`, as some cron jobs do): none of that ends the work.
"""

from __future__ import annotations

import errno
import io
import os
import sys


class Patient(io.RawIOBase):
    """A descriptor to print to; what it does not take is dropped, and `failed` says why."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self.failed: OSError | None = None

    def writable(self) -> bool:
        """Return True: it can always be written to."""
        return True

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Tell whether somebody looks on."""
        return os.isatty(self._descriptor)

    def write(self, data: object, /) -> int:
        """Write what can be written; it all counts as written."""
        rest = memoryview(data).cast("B")  # type: ignore[arg-type]  # any buffer, as the interface has it
        size = len(rest)
        while rest and self.failed is None:
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except OSError as error:
                self.failed = error
        return size


def open_all() -> None:
    """Open descriptors 0 to 2 if they are closed: what is opened next would get their numbers, and what is printed."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest that is free


def be_patient() -> Patient:
    """Make failing prints do no harm; returns what standard output goes to."""
    out, err = Patient(1), Patient(2)
    for raw, name, old in ((out, "stdout", sys.stdout), (err, "stderr", sys.stderr)):
        encoding, errors = getattr(old, "encoding", "utf-8"), "backslashreplace" if raw is err else "replace"
        lines = raw is err or raw.isatty()
        setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=lines))
    return out


def unread(out: Patient) -> str:
    """Say why what was printed did not arrive; "" if it did, or if whoever read it had read enough."""
    sys.stdout.flush()
    if out.failed is None or out.failed.errno == errno.EPIPE:
        return ""
    return f"standard output takes no more ({out.failed.strerror}): what is graded is written all the same"
