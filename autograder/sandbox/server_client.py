"""The grader's end of a warm server: start it or be given one, ask it for children, have it collect them.

Whatever is wrong with the server is `ServerLost`, the grader's fault, or `SandboxUnavailable`, the machine's.

Torch takes seconds to come in. So whoever makes a `WarmServer` goes on at once, and waits with its first question. And
several graders of one machine share one: it is imported once and forks a branch for each of them, a warm server with a
control socket of its own, scratch folders of its own and children of its own; it reaches its grader by the `handoff`.
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

from autograder.sandbox import frames, site_packages
from autograder.sandbox import protocol as p
from autograder.sandbox.child_process import START_SECONDS, ChildProcess
from autograder.sandbox.errors import SandboxUnavailable, ServerLost
from autograder.sandbox.lease import Lease

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
}
"""The server's environment, but for where libraries are. One thread: two beside other load make torch several times
slower."""


_DECODER: msgspec.msgpack.Decoder[p.Notice] = msgspec.msgpack.Decoder(p.Notice)


class Link:
    """A control socket with a warm server behind it. A context manager; `close` ends the server."""

    def __init__(self, control: socket.socket | None = None) -> None:
        self._control = control
        self._started: p.Started | None = None

    def ready(self) -> p.Started:
        """Wait until the server is warm; raises `SandboxUnavailable`, `ServerLost`."""
        if self._started is None:
            notice = self._receive()
            if isinstance(notice, p.Unavailable):
                raise SandboxUnavailable(notice.reason)
            if not isinstance(notice, p.Started):
                raise ServerLost(f"the warm server answered {type(notice).__name__} to its configuration")
            self._started = notice
        return self._started

    @property
    def versions(self) -> dict[str, str]:
        """The versions of what students' code runs on."""
        return self.ready().versions

    def _receive(self) -> p.Notice:
        try:
            return _DECODER.decode(frames.receive_frame(self._socket()))
        except (EOFError, OSError) as error:
            raise ServerLost(f"the warm server is gone: {self.last_words() or repr(error)}") from error

    def _send(self, order: p.Order) -> None:
        try:
            frames.send_frame(self._socket(), msgspec.msgpack.encode(order))
        except OSError as error:
            raise ServerLost(f"the warm server is gone: {self.last_words() or repr(error)}") from error

    def _exchange(self, order: p.Order) -> p.Notice:
        self.ready()
        self._send(order)
        return self._receive()

    def _socket(self) -> socket.socket:
        assert self._control is not None
        return self._control

    def last_words(self) -> str:
        """The last line that the server wrote, where it is ours."""
        return ""

    def fork(self, limits: p.Limits, cpu_seconds: float) -> ChildProcess:
        """A fresh confined child with `cpu_seconds` to use; raises `ServerLost`."""
        notice = self._exchange(p.Fork(limits, cpu_seconds))
        if not isinstance(notice, p.Forked):
            raise ServerLost(f"the warm server answered {type(notice).__name__} to a fork")
        try:
            _, descriptors, _, _ = socket.recv_fds(self._socket(), 1, 2)
        except OSError as error:
            raise ServerLost(f"the warm server handed no channel over: {error}") from error
        channel, pidfd = descriptors
        return ChildProcess(
            notice, socket.socket(fileno=channel), pidfd, limits, cpu_seconds=cpu_seconds, reap=self.reap
        )

    def reap(self, pid: int) -> p.Reaped:
        """Kill and collect a child."""
        notice = self._exchange(p.Reap(pid))
        if not isinstance(notice, p.Reaped):
            raise ServerLost(f"the warm server answered {type(notice).__name__} to a reap")
        return notice

    def read_ahead(self, cells: Iterable[p.Cell]) -> None:
        """Let cells that were handed out to students be read once for all; raises `ServerLost`."""
        notice = self._exchange(p.ReadCells(list(cells)))
        if not isinstance(notice, p.CellsRead):
            raise ServerLost(f"the warm server answered {type(notice).__name__} to cells that it should read")

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self.ready().pid

    def close(self) -> None:
        """Hang up: the server ends its children, removes their folders and ends."""
        if self._control is not None:
            self._control.close()

    def __enter__(self) -> Self:
        self.ready()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


class Branch(Link):
    """A share in somebody else's warm server, which comes over `handoff`."""

    def __init__(self, handoff: socket.socket) -> None:
        super().__init__()
        self._handoff = handoff

    def ready(self) -> p.Started:
        """Wait for the branch, then as every link does."""
        if self._control is None:
            self._handoff.settimeout(START_SECONDS)
            try:
                _, descriptors, _, _ = socket.recv_fds(self._handoff, 1, 1)
            except OSError as error:
                raise ServerLost(f"the shared warm server is gone: {error}") from error
            finally:
                self._handoff.close()
            if not descriptors:
                raise ServerLost("the shared warm server ended before it was warm")
            self._control = socket.socket(fileno=descriptors[0])
            self._control.settimeout(START_SECONDS)
        return super().ready()

    def close(self) -> None:
        """Hang up, or take no branch at all."""
        self._handoff.close()
        super().close()


class WarmServer(Link):
    """A server process of its own. With `branches` it is there for others, who read their links from `handoff`."""

    def __init__(
        self,
        *,
        sandbox: bool = True,
        python: str = sys.executable,
        forbidden: Iterable[Path] = (),
        branches: int = 0,
        huge_pages: bool = False,
        trains: bool = True,
    ) -> None:
        ours, theirs = socket.socketpair()
        super().__init__(ours)
        ours.settimeout(START_SECONDS)
        self._log: IO[bytes] = tempfile.TemporaryFile()  # closed with the server
        self._lease = Lease(Path(tempfile.gettempdir()))
        self.scratch = self._lease.folder
        if os.geteuid() == 0:
            self.scratch.chmod(0o711)  # children may get users of their own, who must get through
        self.handoff, theirs_out = socket.socketpair(type=socket.SOCK_SEQPACKET)  # a message whole, for one reader
        self._process = subprocess.Popen(  # our own module, by our own interpreter
            [python, "-m", "autograder.sandbox.server", str(theirs.fileno()), str(theirs_out.fileno())],
            env=_CLEAN | site_packages.environment(),
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            pass_fds=[theirs.fileno(), theirs_out.fileno(), self._lease.descriptor],
            start_new_session=True,  # Ctrl-C on the terminal is the grader's to handle
        )
        theirs.close()
        theirs_out.close()
        try:
            closed = [*map(str, forbidden)]
            self._send(p.Configure(str(self.scratch), sandbox, closed, branches, huge_pages, trains))
        except BaseException:
            self.close()
            raise

    def last_words(self) -> str:
        """The last line that the server wrote."""
        if self._log.closed:
            return ""
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self._process.pid

    def close(self) -> None:
        """End the server: wait, terminate, kill; remove the scratch folders."""
        super().close()
        self.handoff.close()
        for stop in (None, self._process.terminate, self._process.kill):
            if stop is not None:
                stop()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
                break
        self._log.close()
        self._lease.close()

    def __enter__(self) -> Self:
        try:
            return super().__enter__()
        except BaseException:
            self.close()
            raise
