"""`autograder doctor`: what this machine offers, and proof of each layer by trying to break it.

The attempts are real code in the real sandbox, through the same server, child and protocol as a submission's. They
aim at a file, a socket and a process that were made for them, so that a sandbox that fails does no harm.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autograder.grading import machine
from autograder.sandbox import protocol as p
from autograder.sandbox import site_packages
from autograder.sandbox.confinement.policy import offer
from autograder.sandbox.errors import ChildFailure, SandboxUnavailable, ServerLost
from autograder.sandbox.server_client import WarmServer
from autograder.sandbox.submission_process import SubmissionProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIMITS = p.Limits(call_seconds=2, memory_bytes=2**30, scratch_bytes=2**22, scratch_files=50, output_bytes=2**16)
_KIT = Path(__file__).parents[1]


class Aims(NamedTuple):
    """The targets of the attempts: a file, a folder, a port and a process."""

    file: str
    folder: str
    port: int
    process: int


class Attempt(NamedTuple):
    """Code that must not come to an end; `words`, where given, must stand in what the student would read."""

    layer: str
    what: str
    code: str
    words: str = ""


_LOOP = "while True: pass"
_ATTEMPTS = (
    Attempt("Landlock", "read a file outside", "open(FILE).read()"),
    Attempt("Landlock", "write to it", "open(FILE, 'a')"),
    Attempt("Landlock", "remove it", "os.remove(FILE)"),
    Attempt("Landlock", "list a folder outside", "os.listdir(FOLDER)"),
    Attempt("Landlock", "make a file there", "open(FOLDER + '/made', 'x')"),
    Attempt("Landlock", "read the kit's own code", f"open({str(_KIT / '__main__.py')!r}).read()"),
    Attempt("Landlock", "look into another process", "open(f'/proc/{PROCESS}/environ').read()"),
    Attempt("Landlock", "look into its own environment block", "open('/proc/self/environ').read()"),
    Attempt("seccomp", "open a socket", "socket.socket()"),
    Attempt("seccomp", "open a network connection", "socket.create_connection(('127.0.0.1', PORT), 1)"),
    Attempt("seccomp", "start a process", "os.fork() or os._exit(0)"),
    Attempt("seccomp", "run a program", "os.execv('/bin/true', ['true'])"),
    Attempt("seccomp", "signal another process", "os.kill(PROCESS, 0)"),
    Attempt("seccomp", "leave its process group", "os.setpgid(0, os.getpgid(os.getppid()))"),
    Attempt("seccomp", "change a mode", "os.chmod('.', 0o777)"),
    Attempt("seccomp", "open a file for neither reading nor writing", "os.open(FILE, 3)"),
    Attempt("seccomp", "read another process' clock", "time.clock_gettime((~PROCESS << 3) | 2)"),
    Attempt("privileges", "become root, or stay it", "os.setuid(0)"),
    Attempt("privileges", "change the root folder", "os.chroot('.')"),
    Attempt("privileges", "raise its own limits", "resource.setrlimit(resource.RLIMIT_FSIZE, (2**40, 2**40))"),
    Attempt("limits", "take 4 GiB of memory", "bytearray(4 * 2**30)", "1 GiB"),
    Attempt("limits", "write 8 MiB into one file", "open('f', 'wb').write(bytes(2**23))", "4 MiB"),
    Attempt("limits", "fill its folder", f"[open(str(i), 'x') for i in range(99)]; {_LOOP}", "50 files"),
    Attempt("limits", "open a thousand files", "[open('/dev/null') for _ in range(999)]", "256 files"),
    Attempt("limits", "run for ever", _LOOP, "2 s"),
    Attempt("limits", "run for ever, deaf to signals", f"signal.signal(2, signal.SIG_IGN); {_LOOP}", "2 s"),
)
_ALLOWED = {
    "write into its scratch folder": "open('x', 'w').write('x')",
    "start a thread": "threading.Thread(target=print).start()",
    "train with torch": "torch.nn.RNN(1, 2)(torch.zeros(3, 1, 1))[0].sum().backward()",
}
_MODULES = "os, resource, signal, socket, threading, time, torch"


def examine(limits: p.Limits, jobs: int) -> bool:
    """Print what was found; returns whether submissions can be graded here, and in a sandbox that holds.

    `limits` are what a course promises each of `jobs` submissions at once.
    """
    found = offer()
    for key, value in found.items():
        print(f"{key:<14}{_said(key, value)}")
    return _keeps_promises(limits, jobs) & _check_sandbox()


def _keeps_promises(limits: p.Limits, jobs: int) -> bool:
    """Tell whether there is enough for any submission at all, each figure printed."""
    found = machine.promises(limits, jobs)
    for promise in found:
        there, needed = promise.figures()
        said = promise.words if promise.short else f"{there}; {jobs} at once may need {needed}"
        print(f"{('BAD' if promise.fatal else 'low') if promise.short else 'ok ':<5}{promise.what}: {said}")
    return not any(promise.short and promise.fatal for promise in found)


def _check_sandbox() -> bool:
    """Tell whether the sandbox holds on this machine, and print what was tried."""
    try:
        with WarmServer() as server:
            good = _holds(server)
    except SandboxUnavailable as error:
        print(f"no sandbox: {error}")
        return False
    except (ServerLost, OSError) as error:
        print(f"submissions can't be run here: {error}", *site_packages.missing(), sep="\n")
        return False
    print("the sandbox holds" if good else "the sandbox does NOT hold: don't grade here, and report this output")
    return good


def _holds(server: WarmServer) -> bool:
    """Tell whether every attempt is refused and honest work is not, each printed."""
    with _aims() as aims:
        print(*(f"{key:<14}{value}" for key, value in server.versions.items()), sep="\n")
        outcomes = [_prove(server, aims, attempt) for attempt in _ATTEMPTS]
        outcomes += [
            _tell(f"a submission can {what}", _told(server, aims, code) is None) for what, code in _ALLOWED.items()
        ]
        outcomes += [_tell("nothing outside was changed", _untouched(aims))]
        outcomes += [_tell("no process and no file is left", _clean(server))]
    return all(outcomes)


def _said(key: str, value: object) -> str:
    match key, value:
        case "landlock", 0:
            return "none: submissions can't be graded in a sandbox here"
        case "landlock", 1 | 2:
            return f"ABI {value} (truncation is refused by seccomp)"
        case "landlock", _:
            return f"ABI {value}"
        case _, bool():
            return "yes" if value else "no"
    return str(value)


@contextlib.contextmanager
def _aims() -> Iterator[Aims]:
    """Make what the attempts aim at: a file with a secret, a socket that listens, a process."""
    with (
        tempfile.TemporaryDirectory(prefix="doctor-") as folder,
        socket.create_server(("127.0.0.1", 0)) as listener,
        subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE) as process,
    ):
        file = Path(folder, "canary")
        file.write_text("secret", encoding="utf-8")
        try:
            yield Aims(str(file), folder, listener.getsockname()[1], process.pid)
        finally:
            process.kill()


def _prove(server: WarmServer, aims: Aims, attempt: Attempt) -> bool:
    told = _told(server, aims, attempt.code)
    return _tell(f"{attempt.layer}: a submission cannot {attempt.what}", told is not None and attempt.words in told)


def _told(server: WarmServer, aims: Aims, code: str) -> str | None:
    """Say what stopped `code` in a sandboxed child; None where it came to an end."""
    names = f"FILE, FOLDER, PORT, PROCESS = {tuple(aims)!r}"
    body = code.replace("; ", "\n    ")
    source = f"import {_MODULES}\n{names}\ndef attempt():\n    {body}\n    return 'done'"
    asked = SubmissionProcess(server, [p.Cell(0, source)], ["attempt"], _LIMITS)
    try:
        reply = asked.ask(p.Call("attempt", "", [], {}))
    except ChildFailure as failure:
        return str(failure)
    finally:
        asked.close()
    return None if isinstance(reply, p.Returned) and reply.value == "done" else "an exception"


def _untouched(aims: Aims) -> bool:
    alive = Path(f"/proc/{aims.process}/stat").exists()
    same = Path(aims.file).read_text(encoding="utf-8") == "secret"
    return alive and same and os.listdir(aims.folder) == ["canary"]  # names only


def _clean(server: WarmServer) -> bool:
    folders = [path for path in server.scratch.iterdir() if path.name[0].isdecimal()]
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    return not folders and not (children.exists() and children.read_text().split())


def _tell(what: str, holds: bool) -> bool:  # a private helper
    print(f"{'ok ' if holds else 'BAD'}  {what}")
    return holds
