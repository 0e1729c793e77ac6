"""The faults that `faults.py` draws from: each a context in which a run is started, and what happens to it there."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Any

from faults_scene import MEMORY, MIB, PIDS, Kind, Made, Scene, Start
from faults_signals import (
    a_server,
    a_worker,
    at,
    children_again_and_again,
    everybody_killed,
    signalled,
    the_grader,
    the_group,
    the_server,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def share_gone(scene: Scene, _draw: random.Random, moment: float) -> Iterator[Start]:
    """The folder of submissions is a mount in a namespace of its own, and goes away."""
    submitted, aside = scene.course / "submitted", scene.folder / "aside"
    aside.mkdir(exist_ok=True)
    mounts = (
        f"mount --bind {submitted} {aside} && mount -t tmpfs -o mode=755 tmpfs {submitted} && "
        f'mount --bind {aside} {submitted} && cd {scene.course} && exec "$@"'
    )

    def start(**options: Any) -> subprocess.Popen[str]:
        before = (
            "unshare",
            "-m",
            "--propagation",
            "private",
            "sh",
            "-c",
            mounts,
            "sh",
            "sh",
            "-c",
            f'cd {scene.course} && exec "$@"',
            "sh",
        )
        return at(scene, moment, away)(before=before, **options)

    def away(pid: int) -> None:
        subprocess.run(
            ["nsenter", "-t", str(pid), "-m", "umount", "-l", str(submitted)], check=False, capture_output=True
        )

    yield start


def limited(option: str, low: float, high: float, step: int = 1) -> Made:
    """A ulimit between two figures, drawn evenly on a scale of factors."""

    @contextlib.contextmanager
    def made(scene: Scene, draw: random.Random, _moment: float) -> Iterator[Start]:
        figure = int(low * (high / low) ** draw.random()) // step * step
        scene.detail = f"ulimit {option} {figure}"
        yield lambda **options: scene.start(shell=f"ulimit {option} {figure}; exec COMMAND", **options)

    return made


@contextlib.contextmanager
def small_tmp(scene: Scene, draw: random.Random, _moment: float) -> Iterator[Start]:
    """A temporary folder of a few MiB, or of a few files."""
    size, files = draw.choice([1, 2, 4, 8, 16, 32, 60]), draw.choice([0, 0, 12, 60])
    scene.detail = f"{size} MiB, {files or 'any number of'} files"
    mount(scene.tmp, f"size={size}m,mode=1777" + (f",nr_inodes={files}" if files else ""))
    try:
        yield scene.start
    finally:
        unmount(scene.tmp)


@contextlib.contextmanager
def full_results(scene: Scene, draw: random.Random, moment: float) -> Iterator[Start]:
    """The disk of the results runs full, or becomes read-only, at the moment; what is on it stays there."""
    results = scene.course / "results"
    results.mkdir(exist_ok=True)
    kept = scene.folder / "kept"
    shutil.rmtree(kept, ignore_errors=True)
    mount(results, "size=200m,mode=755")
    if scene.user:
        os.chown(results, scene.user.pw_uid, scene.user.pw_gid)
    scene.detail = draw.choice(["full", "read-only"])

    def act(_pid: int) -> None:
        used = os.statvfs(results)
        size = (used.f_blocks - used.f_bfree) * used.f_frsize + 4096 * draw.randrange(8)
        change = "ro" if scene.detail == "read-only" else f"size={size}"
        for _ in range(20):  # a file that is open for writing keeps it from becoming read-only
            done = subprocess.run(["mount", "-o", f"remount,{change}", str(results)], check=False, capture_output=True)
            if done.returncode == 0:
                return
            time.sleep(0.02)

    try:
        yield at(scene, moment, act)
    finally:
        subprocess.run(["cp", "-a", str(results), str(kept)], check=True)
        unmount(results)
        shutil.rmtree(results)
        subprocess.run(["cp", "-a", str(kept), str(results)], check=True)


def mount(folder: Path, options: str) -> None:
    """An empty file system in memory."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)


def unmount(folder: Path) -> None:
    """It goes, with what is in it."""
    for _ in range(100):
        if subprocess.run(["umount", str(folder)], check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    subprocess.run(["umount", "-l", str(folder)], check=True)


def grouped(controller: Path, file: str, figures: tuple[int, ...]) -> Made:
    """A cgroup of version 1 with a limit."""

    @contextlib.contextmanager
    def made(scene: Scene, draw: random.Random, _moment: float) -> Iterator[Start]:
        figure = draw.choice(figures)
        scene.detail = f"{file} {figure:,}"
        group = controller / f"autograder-faults-{os.getpid()}"
        group.mkdir()
        (group / file).write_text(str(figure))
        into = ("bash", "-c", f'echo $$ > {group}/cgroup.procs; exec "$@"', "bash")
        try:
            yield lambda **options: scene.start(before=into, **options)
        finally:
            for _ in range(200):
                try:
                    group.rmdir()
                except OSError:
                    time.sleep(0.1)
                else:
                    break

    return made


_FULL = ("> /dev/full", "2> /dev/full", "> /dev/full 2>&1")
_CLOSED = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-")
_REDIRECTS = (*_FULL, *_CLOSED, "| head -n 1", "2>&1 | head -c 1")


@contextlib.contextmanager
def printing(scene: Scene, draw: random.Random, _moment: float) -> Iterator[Start]:
    """Standard descriptors that are closed, full or let go of."""
    redirect = draw.choice(
        [
            "> /dev/full",
            "2> /dev/full",
            "> /dev/full 2>&1",
            "<&-",
            ">&-",
            "2>&-",
            "<&- >&-",
            "<&- >&- 2>&-",
            "| head -n 1",
            "2>&1 | head -c 1",
        ]
    )
    scene.detail = redirect
    yield lambda **options: scene.start(shell=f"set -o pipefail; COMMAND {redirect}", **options)


_SIZES = (60, 150, 300, 450, 600, 800, 1100)
KINDS: dict[str, Kind] = {
    "kill the grader": Kind(signalled(the_grader, signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)),
    "kill a worker": Kind(signalled(a_worker, signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV)),
    "kill the server": Kind(signalled(the_server, signal.SIGKILL, signal.SIGTERM)),
    "kill a server or child": Kind(signalled(a_server, signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV)),
    "kill children": Kind(children_again_and_again),
    "kill everybody": Kind(everybody_killed),
    "ctrl-c": Kind(signalled(the_group, signal.SIGINT)),
    "share": Kind(share_gone),
    "ulimit -v": Kind(limited("-v", 2e5, 8e6)),
    "ulimit -f": Kind(limited("-f", 50, 1e6)),
    "ulimit -t": Kind(limited("-t", 2, 200)),
    "ulimit -n": Kind(limited("-n", 8, 512)),
    "ulimit -u": Kind(limited("-u", 10, 400)),
    "small tmp": Kind(small_tmp),
    "full results": Kind(full_results),
    "memory group": Kind(
        grouped(MEMORY, "memory.limit_in_bytes", tuple(size * MIB for size in (60, 150, 300, 450, 600, 800, 1100)))
    ),
    "pids group": Kind(grouped(PIDS, "pids.max", (3, 8, 12, 16, 24, 40))),
    "printing": Kind(printing, ("grade",)),
}
