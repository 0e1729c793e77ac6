"""CPU of one graded lab 4 submission over the bare compute of the same calls, in one run.

`python benchmarks/lab4_ratio.py [rounds]`. Ours: everything that `Grader.grade_file` costs, in the grader, the warm
server and the child. Bare: the calls that the suite made into the child, made again on the solution's functions in
this warm process, each timed alone: no sandbox, no channel, no pytest. The two take turns; medians are compared.
"""

from __future__ import annotations

import contextlib
import io
import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from autograder.assignment import read_assignment
from autograder.course import find_course
from autograder.grading import Grader
from autograder.reference import Reference
from autograder.sandbox import protocol as p
from autograder.sandbox.child import Child
from autograder.sandbox.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

LAB = "lab4_memory_task"
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def recorded(grader: Grader, file: Path) -> list[p.Request]:
    """What the suite asks the child for while it grades `file`."""
    asked: list[p.Request] = []
    ask = Runner.ask

    def listen(runner: Runner, request: p.Request) -> Any:  # noqa: ANN401  # as it was
        asked.append(request)
        return ask(runner, request)

    cast("Any", Runner).ask = listen
    try:
        record = grader.grade_file(file, "benchmark", LAB)
    finally:
        cast("Any", Runner).ask = ask
    if record.score != record.max_score:
        raise SystemExit(f"the solution has {record.score} of {record.max_score} points: {record.message}")
    return asked


class Bare(Child):
    """The child's side of the calls in this process, timed one by one."""

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__(cast("Any", None), 2**20)
        self._names = names
        self.seconds = 0.0

    def timed(self, function: Callable[[], object]) -> object:
        """Call and count."""
        start = time.process_time()
        value = function()
        self.seconds += time.process_time() - start
        return value

    def replay(self, request: p.Request) -> None:
        """One request again."""
        match request:
            case p.Call():
                function = self._target(request.target, request.method)
                args, kwargs = self._revive(request.args), self._revive(request.kwargs)
                with contextlib.suppress(ValueError):  # that one is asked for
                    self._returned(self.timed(lambda: function(*args, **kwargs)))
            case p.Given():
                self.timed(self._names["memory_lab"])
            case p.Backward():
                module, args = self._revive(request.target), self._revive(request.args)
                module.zero_grad(set_to_none=True)
                self.timed(lambda: module(*args).sum().backward())
            case _:
                self._perform(request)


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    course = find_course(Path(__file__).parent)
    solution = course.solution(LAB)
    with Grader(course) as grader:
        asked = recorded(grader, solution)
        names = Reference(read_assignment(course, LAB), ("memory_lab",))._module.__dict__  # noqa: SLF001
        server = grader._server.pid  # noqa: SLF001
        ours, theirs, bare = [], [], []
        for _ in range(rounds):
            before, served = time.process_time(), cpu_of(server)
            grader.grade_file(solution, "benchmark", LAB)
            theirs.append(cpu_of(server) - served)
            ours.append(time.process_time() - before + theirs[-1])
            replayed = Bare(names)
            with contextlib.redirect_stdout(io.StringIO()):
                for request in asked:
                    replayed.replay(request)
            bare.append(replayed.seconds)
    a, b = statistics.median(ours), statistics.median(bare)
    print(f"{LAB}, {rounds} rounds, {len(asked)} requests: ours {a:.3f} s, bare {b:.3f} s of CPU, ratio {a / b:.3f}")
    print(f"of ours in the warm server and the child: {statistics.median(theirs):.3f} s")
    print("each round:", " ".join(f"{x / y:.2f}" for x, y in zip(ours, bare, strict=True)))


if __name__ == "__main__":
    main()
