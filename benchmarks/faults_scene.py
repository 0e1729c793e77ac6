"""Where a fault happens, and as whom: the folder, the user, and the processes of one run."""

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
import time
from collections.abc import Callable
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
