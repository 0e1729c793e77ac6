"""The grader's end of the warm server: start it, ask it for children, have it collect them.

Whatever is wrong with the server is `ServerLost`, the grader's fault, or `SandboxUnavailable`, the machine's.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import msgspec

from autograder.sandbox import frames
from autograder.sandbox import protocol as p
from autograder.sandbox.errors import SandboxUnavailable, ServerLost
from autograder.sandbox.remote import START_SECONDS, RemoteChild
from autograder.sandbox.scratch import remove_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLEAN = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONNOUSERSITE": "1",
}
"""The server's whole environment. One thread: two beside other load make torch several times slower."""


_DECODER: msgspec.msgpack.Decoder[p.Notice] = msgspec.msgpack.Decoder(p.Notice)


class WarmServer:
    """The server process and its control socket. A context manager; `close` leaves nothing behind."""

    def __init__(self, *, sandbox: bool = True, python: str = sys.executable, forbidden: Iterable[Path] = ()) -> None:
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the server
        self.scratch = Path(tempfile.mkdtemp(prefix="autograder-"))
        if os.geteuid() == 0:
            self.scratch.chmod(0o711)  # children may get users of their own, who must get through
        self._forbidden = [str(path) for path in forbidden]
        ours, theirs = socket.socketpair()
        self._control = ours
        self._process = subprocess.Popen(  # noqa: S603  # our own module, by our own interpreter
            [python, "-m", "autograder.sandbox.server", str(theirs.fileno())],
            env=_CLEAN,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C on the terminal is the grader's to handle
        )
        theirs.close()
        try:
            self.versions = self._configure(sandbox=sandbox)
        except BaseException:
            self.close()
            raise

    def _configure(self, *, sandbox: bool) -> dict[str, str]:
        self._control.settimeout(START_SECONDS)
        notice = self._exchange(p.Configure(str(self.scratch), sandbox, self._forbidden))
        if isinstance(notice, p.Unavailable):
            raise SandboxUnavailable(notice.reason)
        if not isinstance(notice, p.Started):
            raise ServerLost(f"the warm server answered {type(notice).__name__} to its configuration")
        return notice.versions

    def _exchange(self, order: p.Order) -> p.Notice:
        try:
            frames.send_frame(self._control, msgspec.msgpack.encode(order))
            return _DECODER.decode(frames.receive_frame(self._control))
        except (EOFError, OSError) as error:
            raise ServerLost(f"the warm server is gone: {self._last_words() or error!r}") from error

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    def fork(self, limits: p.Limits, cpu_seconds: float) -> RemoteChild:
        """A fresh confined child with `cpu_seconds` to use; raises `ServerLost`."""
        notice = self._exchange(p.Fork(limits, cpu_seconds))
        if not isinstance(notice, p.Forked):
            raise ServerLost(f"the warm server answered {type(notice).__name__} to a fork")
        try:
            _, descriptors, _, _ = socket.recv_fds(self._control, 1, 2)
        except OSError as error:
            raise ServerLost(f"the warm server handed no channel over: {error}") from error
        channel, pidfd = descriptors
        return RemoteChild(
            notice, socket.socket(fileno=channel), pidfd, limits, cpu_seconds=cpu_seconds, reap=self.reap
        )

    def reap(self, pid: int) -> p.Reaped:
        """Kill and collect a child."""
        notice = self._exchange(p.Reap(pid))
        if not isinstance(notice, p.Reaped):
            raise ServerLost(f"the warm server answered {type(notice).__name__} to a reap")
        return notice

    def prime(self, cells: Iterable[p.Cell]) -> None:
        """Have cells that were handed out to students read once for all; raises `ServerLost`."""
        notice = self._exchange(p.Prime(list(cells)))
        if not isinstance(notice, p.Primed):
            raise ServerLost(f"the warm server answered {type(notice).__name__} to cells that it should read")

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._process.pid

    def close(self) -> None:
        """End the server: wait, terminate, kill; remove the scratch folders."""
        self._control.close()
        for stop in (None, self._process.terminate, self._process.kill):
            if stop is not None:
                stop()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
                break
        self._log.close()
        remove_tree(self.scratch)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
