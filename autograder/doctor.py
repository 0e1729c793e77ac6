"""`autograder doctor`: what this machine offers, and proof of each layer by trying to break it.

The attempts are real code in the real sandbox, through the same server, child and protocol as a submission's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.sandbox import protocol as p
from autograder.sandbox.client import WarmServer
from autograder.sandbox.errors import ChildFailure, SandboxUnavailable
from autograder.sandbox.policy import offer
from autograder.sandbox.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Iterable

_KIT = str(Path(__file__).parent)
_ATTEMPTS: dict[str, str] = {
    "read the kit's own code": f"open({_KIT + '/__main__.py'!r}).read()",
    "list the home folder": "__import__('os').listdir(__import__('pwd').getpwuid(__import__('os').getuid()).pw_dir)",
    "read /etc/passwd": "open('/etc/passwd').read()",
    "write outside the scratch folder": "open('/tmp/autograder-doctor', 'w')",
    "see another process": "open('/proc/1/cmdline').read()",
    "open a network connection": "__import__('socket').create_connection(('127.0.0.1', 1))",
    "start a process": "__import__('os').fork()",
    "run a program": "__import__('os').execv('/bin/true', ['true'])",
    "signal another process": "__import__('os').kill(__import__('os').getppid(), 0)",
    "change a mode": "__import__('os').chmod('.', 0o777)",
    "take 4 GiB of memory": "bytearray(4 * 2**30)",
}
_ALLOWED: dict[str, str] = {
    "write into the scratch folder": "open('x', 'w').write('x')",
    "train with torch": (
        "__import__('torch').nn.GRU(1, 2)(__import__('torch').zeros(3, 1, 1))[0].sum().backward()"
    ),
}  # fmt: skip


def examine() -> bool:
    """Print what was found; whether submissions can be graded in a sandbox that holds."""
    for key, value in offer().items():
        print(f"{key:<14}{value}")
    try:
        server = WarmServer()
    except SandboxUnavailable as error:
        print(f"no sandbox: {error}")
        return False
    with server:
        print(*(f"{key:<14}{value}" for key, value in server.versions.items()), sep="\n")
        refused = [_tell(f"cannot {what}", not _succeeds(server, code)) for what, code in _ATTEMPTS.items()]
        allowed = [_tell(f"can {what}", _succeeds(server, code)) for what, code in _ALLOWED.items()]
    return _sum_up([*refused, *allowed])


def _succeeds(server: WarmServer, code: str) -> bool:
    """Whether `code` comes to an end without an exception in a sandboxed child."""
    runner = Runner(server, [p.Cell(0, f"def attempt():\n    {code}\n    return 'done'")], ["attempt"], p.Limits())
    try:
        reply = runner.ask(p.Call("attempt", "", [], {}))
    except ChildFailure:
        return False
    finally:
        runner.close()
    return isinstance(reply, p.Returned) and reply.value == "done"


def _tell(what: str, holds: bool) -> bool:  # noqa: FBT001  # a private helper
    print(f"{'ok ' if holds else 'BAD'}  a submission {what}")
    return holds


def _sum_up(outcomes: Iterable[bool]) -> bool:
    good = all(outcomes)
    print("the sandbox holds" if good else "the sandbox does NOT hold: don't grade here, and report this output")
    return good
