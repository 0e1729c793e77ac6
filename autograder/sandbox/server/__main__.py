"""The warm server: numpy, torch and pyplot imported once, a fork for every submission.

Theory of operation
-------------------
Three kinds of process, one direction of trust:

  grader (trusted)         holds suites, solutions, gradebook; starts the server, asks children questions
  warm server (this file)  holds nothing secret: a clean environment and argv from its exec on, the standard
                           library, torch, this package's `sandbox` modules; under Landlock before it forks
  child                    forked from the server, confined before it reads its first frame, then runs one
                           submission's code

Channels, all Unix socket pairs made here or inherited: the grader's control socket (orders in, notices out), and one
per child, whose grader's end is handed over by descriptor passing and whose child's end is the only descriptor that
the child keeps. The server reads orders, never a child's frames. Control socket and handoff are the only arguments.

Several graders share one server: warm, it forks a branch for each, and gives each branch's control socket to the next
grader that reads the handoff. A branch is a server like this one, with children and a folder of its own; it ends with
its grader and not with the server that it came from.

It is a program of its own and no `multiprocessing` forkserver: that one imports the grader's main module in
every child and hands down its argv, its authentication key and a pipe.

When the control socket closes, because the grader ended or was killed, the server kills its children, removes
their scratch folders and ends; a child dies with the server (PR_SET_PDEATHSIG).

What this does not limit: CPU contention between submissions, what can be learned from the names of files, and
bugs of the kernel.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec

from autograder.sandbox import frames, site_packages
from autograder.sandbox import protocol as p
from autograder.sandbox.confinement import confine, privileges
from autograder.sandbox.confinement.descriptors import ends_with_the_grader, keep_only
from autograder.sandbox.errors import SandboxUnavailable
from autograder.sandbox.server import memory
from autograder.sandbox.server.child import Child
from autograder.sandbox.server.warm_up import warm_up
from autograder.sandbox.slicing.cache import read_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator


_PARTING = 2.0
"""Seconds that a server waits for its branches when it ends; whoever is still at work goes on without it."""


class Server:
    """Carries out the grader's orders, one after another."""

    def __init__(self, control: socket.socket, handoff: socket.socket | None = None) -> None:
        self._control = control
        self._handoff = handoff
        self._policy: confine.Policy | None = None  # where nobody is confined there is none
        self._children: dict[int, Path] = {}
        self._branches: list[int] = []
        self._count = 0
        self._scratch: Path | None = None
        self._decoder: msgspec.msgpack.Decoder[p.Order] = msgspec.msgpack.Decoder(p.Order)

    def run(self) -> None:
        """Read the configuration, get warm, and serve."""
        with self._leaving_nothing():
            config = self._order()
            if not isinstance(config, p.Configure):
                raise TypeError("the first order must be Configure")
            self._scratch = Path(config.scratch)
            try:
                versions = self._prepare(config)
            except SandboxUnavailable as error:
                self._tell(p.Unavailable(str(error)))
                return
            for number in range(config.branches):
                self._branch(number, versions)
            if self._handoff is not None:
                self._handoff.close()
            self._serve(versions)

    @contextlib.contextmanager
    def _leaving_nothing(self) -> Iterator[None]:
        """Serve until the grader is gone; then leave no child and no folder behind."""
        try:
            yield
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        finally:
            for pid in list(self._children):
                self._reap(pid)
            self._collect_branches()
            if self._scratch is not None:
                shutil.rmtree(self._scratch, ignore_errors=True)  # the grader may be dead

    def _serve(self, versions: dict[str, str]) -> NoReturn:
        self._tell(p.Started(versions, os.getpid()))
        while True:
            self._obey(self._order())

    def _prepare(self, config: p.Configure) -> dict[str, str]:
        _keep_to(config.scratch)
        self._policy = confine.Policy.for_interpreter(config.forbidden) if config.sandbox else None
        gc.disable()  # the collector would walk through torch's modules again and again while they come in
        with ends_with_the_grader(self._control):
            versions = warm_up(trains=config.trains)
            gc.freeze()  # the children's collector leaves what is there alone, so its pages stay shared
            gc.enable()
            memory.fill_holes()
            if config.huge_pages:
                memory.use_huge()
        if self._policy is not None:
            confine.confine_server(self._policy, config.scratch)
        return versions

    def _branch(self, number: int, versions: dict[str, str]) -> None:
        assert self._scratch is not None
        assert self._handoff is not None
        scratch = self._scratch / f"branch{number}"
        scratch.mkdir()
        scratch.chmod(self._scratch.stat().st_mode)
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            try:
                for other in (ours, self._control, self._handoff):
                    other.close()
                branch = Server(theirs)
                branch._policy, branch._scratch = self._policy, scratch
                with branch._leaving_nothing():
                    branch._serve(versions)
            finally:
                os._exit(0)
        self._branches.append(pid)
        theirs.close()
        socket.send_fds(self._handoff, [b"\0"], [ours.fileno()])
        ours.close()

    def _collect_branches(self) -> None:
        """Wait for the branches, which end with their graders, before this server's grader: their CPU is counted."""
        deadline = time.monotonic() + _PARTING
        while self._branches and time.monotonic() < deadline:
            self._branches = [pid for pid in self._branches if os.waitpid(pid, os.WNOHANG) == (0, 0)]
            time.sleep(0.005 if self._branches else 0)

    def _obey(self, order: p.Order) -> None:
        match order:
            case p.Fork():
                self._fork(order)
            case p.Reap(pid=pid):
                self._tell(self._reap(pid))
            case p.ReadCells(cells=cells):
                read_ahead(cells)
                gc.collect()  # what is frozen it does not look at
                gc.freeze()
                self._tell(p.CellsRead())
            case _:
                raise TypeError(f"unexpected order {type(order).__name__}")

    def _order(self) -> p.Order:
        return self._decoder.decode(frames.receive_frame(self._control))

    def _tell(self, notice: p.Notice) -> None:
        frames.send_frame(self._control, msgspec.msgpack.encode(notice))

    def _fork(self, order: p.Fork) -> None:
        self._count += 1
        assert self._scratch is not None
        scratch = (
            self._scratch / f"{self._count}-{os.urandom(16).hex()}"
        )  # Landlock lets anybody stat what they can name
        scratch.mkdir(mode=0o700)
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._become_child(theirs, scratch, order)
        theirs.close()
        self._children[pid] = scratch
        pidfd = os.pidfd_open(pid)
        self._tell(p.Forked(pid, str(scratch)))
        socket.send_fds(self._control, [b"\0"], [ours.fileno(), pidfd])
        os.close(pidfd)
        ours.close()

    def _become_child(self, channel: socket.socket, scratch: Path, order: p.Fork) -> NoReturn:
        code = 70  # EX_SOFTWARE: the sandbox, not the student, failed
        try:
            channel = keep_only(channel)
            os.chdir(scratch)
            _keep_to(str(scratch))
            isolation = self._confine(scratch, order)
            frames.send_frame(channel, msgspec.msgpack.encode(p.Ready(isolation)))
            Child(channel, order.limits.output_bytes).serve()
            code = 0
        finally:
            os._exit(code)

    def _confine(self, scratch: Path, order: p.Fork) -> dict[str, bool | int | str]:
        os.setpgid(0, 0)
        if self._policy is None:
            privileges.die_with_parent()
            return {"sandbox": "none"}
        limits = confine.ProcessLimits(
            cpu_seconds=order.cpu_seconds,
            memory_bytes=order.limits.memory_bytes,
            file_bytes=order.limits.scratch_bytes,
        )
        return dict(confine.confine_child(self._policy, str(scratch), limits, confine.FIRST_UID + os.getpid()))

    def _reap(self, pid: int) -> p.Reaped:
        scratch = self._children.pop(pid)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # it may not have reached its own group yet
        _, status, usage = os.wait4(pid, 0)
        shutil.rmtree(scratch, ignore_errors=True)
        return p.Reaped(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def _keep_to(folder: str) -> None:
    """Have libraries put what they make into `folder`; torch makes its own beside it otherwise, when it comes in."""
    for name in ("MPLCONFIGDIR", "HOME", "TMPDIR", "TORCHINDUCTOR_CACHE_DIR"):
        os.environ[name] = folder
    tempfile.tempdir = folder


def main() -> None:
    """Entry point of `python -m autograder.sandbox.server`."""
    control, handoff = (int(number) for number in sys.argv[1:3])
    for descriptor in (control, handoff):
        os.set_inheritable(descriptor, False)  # the standard library's own signature
    sys.path[:] = site_packages.without_course(sys.path[1:], str(Path.cwd()))
    os.chdir("/")
    Server(socket.socket(fileno=control), socket.socket(fileno=handoff)).run()
    os._exit(0)  # nothing is left to do, and torch takes a third of a second to be taken down


if __name__ == "__main__":
    main()
