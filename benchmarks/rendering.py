"""What the worst notebooks cost the grader and the TA, by every way that shows or reads them, beside an honest one.

    python benchmarks/rendering.py [KIND ...]

Each of `worst_notebooks` is graded and its pages are made (`grade`), goes through `nbgrader autograde` and
`generate_feedback` (a process each, its start included), and is opened in formgrader. Prints seconds of the grader's
CPU (a child's own is not among them) and MB of the largest process. The last line says by how much the worst is above
the honest one: under 2 s and 200 MB are expected; exit code 1 where it is more.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.request
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from worst_notebooks import KINDS, made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.record import Record

ROOT = Path(__file__).parents[1]
BIN = Path(sysconfig.get_path("scripts"))
LAB = "lab1_scalar_lstm"
MOST_SECONDS, MOST_MB = 2.0, 200.0
WAYS = ("grade", "autograde", "generate_feedback", "formgrader")


class Cost(NamedTuple):
    """Seconds of CPU, and MB of the largest process."""

    seconds: float
    mb: float


def course(root: Path, kinds: list[str]) -> None:
    """A course with a submission of each kind, by the kind's number."""
    for name in ("solutions", "assignments", "autograder"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("course.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    released = json.loads((ROOT / "assignments" / LAB / f"{LAB}.ipynb").read_text())
    for kind in kinds:
        folder = root / "submitted" / _student(kind) / LAB
        folder.mkdir(parents=True)
        (folder / f"{LAB}.ipynb").write_bytes(made(kind, released))
    _run(root, str(BIN / "nbgrader"), "generate_assignment", LAB, "--force")


def _student(kind: str) -> str:
    return f"s{list(KINDS).index(kind):02}"


def _run(root: Path, *command: str) -> tuple[Cost, str]:
    """Run a command in the course; what it and the processes that it waited for took, and what it printed."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=root, env=_environment(root), stdout=log, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        text = log.read().decode()
    if process.returncode not in {0, 1}:
        sys.exit(f"{command} failed:\n{text[-3000:]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), text


def _environment(root: Path) -> dict[str, str]:
    home = str(root.parent / "home")
    jupyter = {f"JUPYTER_{name}_DIR": home for name in ("CONFIG", "DATA", "RUNTIME")}
    return os.environ | jupyter | {"HOME": home, "IPYTHONDIR": home, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def graded(root: Path, student: str) -> None:
    """Grade one submission, write record and page, make what `check` prints; then print what that took. A program."""
    from autograder.course.settings import find_course
    from autograder.grading.batch import Batch
    from autograder.grading.grader import Grader
    from autograder.report import terminal

    found = find_course(root)
    batch = Batch(
        course=found, submitted=root / "submitted", results=root / "results", assignments=[LAB], only=[student]
    )
    records: list[Record] = []
    with Grader(found, assignments=[LAB]) as grader:

        class Here(Executor):
            def submit(self, _function: object, /, *args: Any, **_more: Any) -> Future[Any]:
                done: Future[Any] = Future()
                done.set_result([grader.grade(handed_in) for handed_in in args[0]])
                return done

        pending = batch.plan()[0]
        batch.prepare()
        before, start = _high_water(), time.process_time()
        batch.run(Here, pending, records.append)
        terminal.check_table(records[0])
        cost = Cost(time.process_time() - start, _high_water() - before)
    size = max(path.stat().st_size for path in (root / "results" / LAB).glob(f"{student}.*"))
    print(json.dumps([*cost, records[0].status, size]))


def _high_water(pid: int | str = "self") -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


@contextlib.contextmanager
def formgrader(root: Path) -> Iterator[tuple[str, int]]:
    """A JupyterLab server with formgrader: its address and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--port={port}", "--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.password="]
    with (root.parent / "jupyter.log").open("w") as log:
        server = subprocess.Popen(
            [str(BIN / "jupyter"), "lab", *options], cwd=root, env=_environment(root), stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}/formgrader"
        try:
            for _ in range(240):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{address}/manage_assignments", timeout=60).close()
                    break
                time.sleep(0.5)
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(60)


def opened(root: Path, address: str, pid: int, student: str) -> Cost:
    """What opening a submission costs the server and what it started."""
    with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as database:
        sql = "select n.id from submitted_notebook n join submitted_assignment s on s.id = n.assignment_id"
        rows = database.execute(f"{sql} where s.student_id = ?", [student]).fetchall()
    before, high = _ticks(pid), _high_water(pid)
    with urllib.request.urlopen(f"{address}/submissions/{rows[0][0]}/", timeout=600) as page:
        page.read()
    time.sleep(0.2)  # until its worker has ended and been waited for
    return Cost((_ticks(pid) - before) / os.sysconf("SC_CLK_TCK"), _high_water(pid) - high)


def _ticks(pid: int) -> int:
    """CPU ticks of a process, of those that it waited for, and of those that live below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) + sum(_ticks(int(child)) for child in children)


def measure(root: Path, kinds: list[str]) -> dict[str, dict[str, Cost]]:
    """Costs by kind and way, printed as they come."""
    course(root, kinds)
    costs: dict[str, dict[str, Cost]] = {}
    nbgrader = str(BIN / "nbgrader")
    print(f"{'':28}" + "".join(f"{way:>22}" for way in WAYS), flush=True)
    for kind in kinds:
        student = _student(kind)
        *cost, status, size = json.loads(_run(root, sys.executable, __file__, "--grade", str(root), student)[1])
        costs[kind] = {"grade": Cost(*cost)}
        for command in ("autograde", "generate_feedback"):
            costs[kind][command] = _run(root, nbgrader, command, LAB, f"--student={student}")[0]
        print(f"  {kind:26} {status}, its page or record has {size / 1000:.0f} kB", file=sys.stderr, flush=True)
    with formgrader(root) as (address, pid):
        opened(root, address, pid, _student(kinds[0]))
        for kind in kinds:
            costs[kind]["formgrader"] = opened(root, address, pid, _student(kind))
            row = "".join(f"{costs[kind][way].seconds:12.2f} s {costs[kind][way].mb:5.0f} MB" for way in WAYS)
            print(f"{kind:28}{row}", flush=True)
    return costs


def main() -> None:
    """Measure the kinds that were named, or all of them, beside the honest one."""
    kinds = ["honest", *(kind for kind in sys.argv[1:] or KINDS if kind != "honest")]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        costs = measure(Path(folder, "course"), kinds)
    worst = Cost(0.0, 0.0)
    for way in WAYS:
        honest = costs["honest"][way]
        for cost in (found[way] for found in costs.values()):
            worst = Cost(
                max(worst.seconds, cost.seconds - honest.seconds), max(worst.mb, cost.mb - honest.mb)
            )  # fmt: skip
    print(f"above the honest one at most: {worst.seconds:.2f} s of CPU, {worst.mb:.0f} MB")
    sys.exit(worst.seconds > MOST_SECONDS or worst.mb > MOST_MB)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--grade"]:
        graded(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
