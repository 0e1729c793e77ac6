"""Defence in depth: each layer switched off alone, by the test, and what the others still stop.

The table stands in SECURITY.md; this test says when it is no longer true. Nothing attacked here is more than a file,
a socket or a process of the test's own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confined import in_sandbox

from autograder.sandbox.confinement import confine, landlock, privileges, seccomp_filter, syscalls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LAYERS = ("none", "Landlock", "seccomp", "limits", "capabilities")
TABLE = Path(__file__).parents[2] / "SECURITY.md"
PTRACE_SEIZE = 0x4206
pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root: only root has capabilities to be kept"),
    pytest.mark.skipif(landlock.abi() < 6, reason="needs Landlock ABI 6: the table is about the newest kernels"),
]


class Aims:
    """What is attacked."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "canary"
        self.file.write_text("secret")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("127.0.0.1", 0))
        self.process = subprocess.Popen([sys.executable, "-S", "-c", "input()"], stdin=subprocess.PIPE)

    def close(self) -> None:
        """End all of it."""
        self.listener.close()
        self.datagrams.close()
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def aims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aims]:
    """One set of targets."""
    found = Aims(tmp_path_factory.mktemp("aims"))
    yield found
    found.close()


def _datagram(aims: Aims) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"x", aims.datagrams.getsockname())


def _fork(_aims: Aims) -> None:
    if os.fork() == 0:
        os._exit(0)
    os.wait()


ATTACKS: dict[str, Callable[[Aims], object]] = {
    "read a file outside": lambda aims: aims.file.read_text(),
    "write a file outside": lambda aims: aims.file.open("a").close(),
    "change a file's mode": lambda aims: aims.file.chmod(0o600),
    "open a file for neither reading nor writing": lambda aims: os.open(aims.file, 3),
    "run a program": lambda _: os.execv("/bin/true", ["true"]),
    "start a process": _fork,
    "connect by TCP": lambda aims: socket.create_connection(aims.listener.getsockname()).close(),
    "send by UDP": _datagram,
    "signal another process": lambda aims: os.kill(aims.process.pid, 0),
    "trace another process": lambda aims: syscalls.call("ptrace", PTRACE_SEIZE, aims.process.pid, 0, 0),
    "read another process' clock": lambda aims: time.clock_gettime((~aims.process.pid << 3) | 2),
    "leave the process group": lambda _: os.setsid(),
    "change the root": lambda _: os.chroot("."),
    "take 4 GiB": lambda _: len(bytearray(2**32)),
    "write a file of 2 MiB": lambda _: Path("big").write_bytes(bytes(2**21)),
}


def switch_off(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave one layer out of what a child does to itself."""
    nothing = {
        "Landlock": [(confine, "_layer")],
        "seccomp": [(seccomp_filter, "install")],
        "limits": [(confine, "_set_limits"), (confine, "_forbid_unneeded")],
        "capabilities": [(privileges, "keep_capabilities"), (privileges, "lock_securebits")],
    }
    for module, name in nothing.get(layer, []):
        monkeypatch.setattr(module, name, lambda *_args: None)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_the_other_layers_still_stop(attack: str, aims: Aims, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all layers it is stopped; with one off, as the table in SECURITY.md says."""
    cells = []
    for layer in LAYERS:
        with monkeypatch.context() as patch:
            switch_off(layer, patch)
            outcome = in_sandbox(lambda: ATTACKS[attack](aims))
        cells.append("stopped" if outcome.error else "**goes through**")
    row = f"| {attack} | {' | '.join(cells)} |"

    assert cells[0] == "stopped"
    assert row in TABLE.read_text(encoding="utf-8"), row
    assert aims.process.poll() is None
    assert aims.file.read_text() == "secret"
