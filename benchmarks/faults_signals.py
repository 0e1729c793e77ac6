"""Faults by signals: which processes of a run get which signal, and when."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    import subprocess
    from collections.abc import Callable, Iterator

    from faults_scene import Made, Scene, Start


def at(scene: Scene, moment: float, act: Callable[[int], object]) -> Start:
    """A start after which `act` gets the process id, `moment` seconds later."""

    def start(**options: Any) -> subprocess.Popen[str]:
        run = scene.start(**options)

        def later() -> None:
            deadline = time.monotonic() + moment
            while time.monotonic() < deadline and run.poll() is None:
                scene.tree(run.pid)
                time.sleep(0.2)
            if run.poll() is None:
                act(run.pid)
                while run.poll() is None:
                    scene.tree(run.pid)
                    time.sleep(0.2)

        threading.Thread(target=later, daemon=True).start()
        return run

    return start


def signalled(choose: Callable[[Scene, int, random.Random], list[int]], *numbers: signal.Signals) -> Made:
    """One of the signals for those that are chosen when the moment has come."""

    @contextlib.contextmanager
    def made(scene: Scene, draw: random.Random, moment: float) -> Iterator[Start]:
        number = draw.choice(numbers)
        scene.detail = number.name

        def act(pid: int) -> None:
            for each in choose(scene, pid, draw):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, number)

        yield at(scene, moment, act)

    return made


def the_grader(_scene: Scene, pid: int, _draw: random.Random) -> list[int]:
    """The command's own process."""
    return [pid]


def the_group(scene: Scene, pid: int, _draw: random.Random) -> list[int]:
    """Everybody, as from a terminal: warm servers have a session of their own."""
    return [each for each in scene.tree(pid) if _group(each) == pid]


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def a_worker(scene: Scene, pid: int, draw: random.Random) -> list[int]:
    """One process that grades, or multiprocessing's own helper."""
    found = [each for each in scene.tree(pid) if "multiprocessing" in _command(each)]
    return [draw.choice(found)] if found else []


def a_server(scene: Scene, pid: int, draw: random.Random) -> list[int]:
    """One warm server, branch or child."""
    found = [each for each in scene.tree(pid) if "sandbox.server" in _command(each)]
    return [draw.choice(found)] if found else []


def the_server(scene: Scene, pid: int, _draw: random.Random) -> list[int]:
    """The first warm server."""
    return [each for each in scene.tree(pid) if "sandbox.server" in _command(each)][:1]


@contextlib.contextmanager
def children_again_and_again(scene: Scene, draw: random.Random, moment: float) -> Iterator[Start]:
    """A killer that strikes whatever child it sees, for a second."""

    def act(pid: int) -> None:
        deadline = time.monotonic() + 1.0
        while time.monotonic() < deadline:
            found = [each for each in scene.tree(pid) if "sandbox.server" in _command(each)]
            for each in found[1:]:
                if draw.random() < 0.3:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(each, signal.SIGKILL)
            time.sleep(0.05)

    yield at(scene, moment, act)


@contextlib.contextmanager
def everybody_killed(scene: Scene, _draw: random.Random, moment: float) -> Iterator[Start]:
    """SIGKILL to all processes in one go."""
    yield at(scene, moment, scene.kill_all)
