"""The faults that `faults.py` draws from: each a context in which a run is started, and what happens to it there."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pwd
import random
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

LAB = "lab1_scalar_lstm"
MEMORY, SHARED = Path("/sys/fs/cgroup/memory"), Path("/dev/shm")
PIDS = Path("/sys/fs/cgroup/pids")
MIB = 2**20
HEEDS = ("env", "--default-signal=INT,TERM,HUP,PIPE")


class Scene:
    """Where it happens, and as whom."""

    def __init__(self, folder: Path, route: str, user: str) -> None:
        self.folder, self.route = folder, route
        self.course, self.tmp, self.home = folder / "course", folder / "tmp", folder / "home"
        self.user = pwd.getpwnam(user) if user else None
        self.as_user = (
            ("setpriv", f"--reuid={user}", f"--regid={self.user.pw_gid}", "--init-groups", "--inh-caps=-all")
            if self.user
            else ()
        )
        self.detail = ""
        self._begun = 0.0
        self._seen: set[tuple[int, str]] = set()
        for path in (self.tmp, self.home):
            path.mkdir(parents=True, exist_ok=True)
        self.tmp.chmod(0o1777)

    @staticmethod
    def program(name: str) -> str:
        """A program beside the Python that runs this."""
        return str(Path(sys.executable).with_name(name))

    @property
    def environment(self) -> dict[str, str]:
        """For the commands."""
        kept = {key: os.environ[key] for key in ("PATH", "LANG", "TERM") if key in os.environ}
        kept["PATH"] = f"{Path(sys.executable).parent}:{kept['PATH']}"
        return kept | {"TMPDIR": str(self.tmp), "HOME": str(self.home), "JUPYTER_PLATFORM_DIRS": "1"}

    def give_away(self) -> None:
        """Let the user own it all."""
        if self.user:
            subprocess.run(["chown", "-R", str(self.user.pw_uid), str(self.course), str(self.home)], check=True)

    def command(self, *, force: bool = False, jobs: int = 2) -> list[str]:
        """What grades."""
        if self.route == "nbgrader":
            return [self.program("nbgrader"), "autograde", LAB, *(["--force"] if force else [])]
        return [self.program("autograder"), "grade", "lab1", "--jobs", str(jobs), *(["--force"] if force else [])]

    def start(
        self, *, force: bool = False, jobs: int = 2, before: tuple[str, ...] = (), shell: str = ""
    ) -> subprocess.Popen[str]:
        """The command as it is, or with `before` in front of it (as root) or `shell` around it (as the user)."""
        own = self.command(force=force, jobs=jobs)
        if shell:
            own = ["bash", "-c", shell.replace("COMMAND", shlex.join(own))]
        self._begun = time.monotonic()
        return subprocess.Popen(
            [*before, *HEEDS, *self.as_user, *own], cwd=self.course, env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def since_start(self) -> float:
        """Seconds."""
        return time.monotonic() - self._begun

    def forget_results(self) -> None:
        """As if nothing had ever been graded."""
        for name in ("results", "autograded"):
            shutil.rmtree(self.course / name, ignore_errors=True)

    def told(self, found: dict[str, Any], expected: dict[str, Any], book: list[list[Any]]) -> int:
        """How many students have a score that is not theirs, in a record, the table or the gradebook."""
        right = {student: record["score"] for student, record in expected["records"].items()}
        wrong = {
            student
            for student, record in found.items()
            if record["status"] != "grader_error" and record["score"] != right.get(student)
        }
        table = self.course / "results" / LAB / "scores.csv"
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            student, _, status, score = line.split(",")[:4]
            if status != "grader_error" and float(score) != right.get(student):
                wrong.add(student)
        scores = {(row[0], row[1]): row[2] for row in expected["gradebook"] if len(row) > 1}
        wrong |= {
            row[0] for row in book if len(row) > 1 and row[2] is not None and row[2] != scores.get((row[0], row[1]))
        }
        return len(wrong)

    def tree(self, pid: int) -> list[int]:
        """A process and all below it."""
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return []
        found = [pid, *(other for child in children for other in self.tree(int(child)))]
        for each in found:
            with contextlib.suppress(OSError):
                self._seen.add((each, Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[19]))
        return found

    def kill_all(self, pid: int) -> None:
        """In one go, so that nobody sees another one's end."""
        everybody = self.tree(pid)
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for each in everybody:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, number)

    def processes_left(self) -> int:
        """How many of those that were seen are there, after half a minute at most."""
        deadline = time.monotonic() + 30
        while (left := sum(map(_runs, self._seen))) and time.monotonic() < deadline:
            time.sleep(0.1)
        self._seen.clear()
        return left

    def left(self) -> list[str]:
        """What lies about: in the temporary folder, in shared memory (if nobody holds it), beside the results."""
        found = [str(path) for path in self.tmp.iterdir() if not path.name.startswith("autograder-error-")]
        found += [str(path) for path in (self.course / "results").glob("*/.*")]
        uid = self.user.pw_uid if self.user else 0
        before = time.time() - self.since_start()
        for path in SHARED.glob("autograder-*"):
            with contextlib.suppress(OSError):
                if path.stat().st_uid == uid and path.stat().st_mtime < before and _nobodys(path):
                    found.append(str(path))
        return found


def _nobodys(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def _runs(process: tuple[int, str]) -> bool:
    try:
        fields = Path(f"/proc/{process[0]}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] != "Z" and fields[19] == process[1]


Start = Callable[..., "subprocess.Popen[str]"]
Made = Callable[[Scene, random.Random, float], contextlib.AbstractContextManager[Start]]


class Kind(NamedTuple):
    """A fault, and the routes that can meet it."""

    made: Made
    routes: tuple[str, ...] = ("grade", "nbgrader")


def at(scene: Scene, moment: float, act: Callable[[int], object]) -> Start:
    """A start after which `act` gets the process id, `moment` seconds later."""

    def start(**options: Any) -> subprocess.Popen[str]:  # noqa: ANN401
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


@contextlib.contextmanager
def share_gone(scene: Scene, _draw: random.Random, moment: float) -> Iterator[Start]:
    """The folder of submissions is a mount in a namespace of its own, and goes away."""
    submitted, aside = scene.course / "submitted", scene.folder / "aside"
    aside.mkdir(exist_ok=True)
    mounts = (
        f"mount --bind {submitted} {aside} && mount -t tmpfs -o mode=755 tmpfs {submitted} && "
        f'mount --bind {aside} {submitted} && cd {scene.course} && exec "$@"'
    )

    def start(**options: Any) -> subprocess.Popen[str]:  # noqa: ANN401
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
