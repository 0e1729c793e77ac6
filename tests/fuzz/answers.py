"""Gradings of mutated answers: the real suites, on a child that gives a solution's answers with something odd in them.

    python tests/fuzz/answers.py [N] [--lab LAB …] [--seed S]

A lab's solution is graded once in a real child, and each frame is kept. Then N gradings run without any child: the link
answers from what was kept, changed (`oddities`), through the real reader of frames. Prints gradings by what came of
them and the largest CPU time of one; then each `grader_error`, once per traceback, with the seed that repeats it. Exit
code 1 if there was one. It knows nothing of how suites are written.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from oddities import odd_reply

from autograder.course.settings import find_course
from autograder.course.submission import collect_file
from autograder.grading.grader import Grader
from autograder.record import Status
from autograder.sandbox import frames
from autograder.sandbox import protocol as p
from autograder.sandbox.child_process import ChildProcess
from autograder.sandbox.server_client import Link
from autograder.sandbox.values import enc_hook, ext_hook

if TYPE_CHECKING:
    from autograder.course.settings import Course

LABS = (
    *("lab1_scalar_lstm", "lab2_scalar_gru", "lab3_shapes"),
    *("lab5_inside_the_layer", "lab6_what_gates_are_for", "lab4_memory_task"),
)
_QUESTION = msgspec.msgpack.Decoder(p.Question, ext_hook=ext_hook)
Tape = dict[bytes, p.Reply]


def _key(request: p.Request, seed: int | None) -> bytes:
    return msgspec.msgpack.encode((request, seed), enc_hook=enc_hook)


class _Recorded:
    """A real child, whose answers are kept."""

    def __init__(self, child: ChildProcess, tape: Tape) -> None:
        self._child, self._tape = child, tape

    def ask(self, request: p.Request, *args: Any, seed: int | None = None, **kwargs: Any) -> p.Reply:
        """As the child does."""
        reply = self._child.ask(request, *args, seed=seed, **kwargs)
        self._tape[_key(request, seed)] = reply
        if isinstance(request, p.Calls) and isinstance(reply, p.Several):  # each may be asked for by itself later
            self._tape |= {_key(call, None): each for call, each in zip(request.calls, reply.replies, strict=True)}
        return reply

    def __getattr__(self, name: str) -> Any:
        return getattr(self._child, name)


class _Clock:
    def cpu(self) -> float:
        return 0.0

    fair = cpu


class _Replayed(ChildProcess):
    """A child that is none: it answers from a tape, oddly; frames are read as ever."""

    def __init__(self, tape: Tape, draw: random.Random, limits: p.Limits) -> None:
        self._tape, self._draw, self._limits = tape, draw, limits
        self.clock = _Clock()  # type: ignore[assignment]
        self.fair_seconds = self.reading_seconds = 0.0
        self._next_look = math.inf
        self.isolation = {}
        self.wrote = False
        self._frame = b""
        self.rate = draw.choice([0.02, 0.1, 0.3, 1.0])

    def _refuse_early_frames(self) -> None:
        pass

    def _send(self, payload: bytes, _watch: object) -> None:
        question = _QUESTION.decode(payload)
        reply = self._tape.get(_key(question.request, question.seed)) or self._draw.choice(list(self._tape.values()))
        honest = isinstance(question.request, p.Plan | p.RunCell) and self._draw.random() < 0.98
        if not honest and self._draw.random() < self.rate:
            reply = odd_reply(reply, self._draw)
        frame = bytearray(msgspec.msgpack.encode(p.Answer(question.number, reply), enc_hook=enc_hook))
        if not honest and self._draw.random() < self.rate / 50:
            frame[self._draw.randrange(len(frame))] = self._draw.randrange(256)
        self._frame = len(frame).to_bytes(frames.HEADER_SIZE, "big") + frame

    def _receive(self, size: int, _watch: object) -> bytes:
        part, self._frame = self._frame[:size], self._frame[size:]
        return part

    def close(self) -> p.Reaped:
        """Nothing to end."""
        return p.Reaped(0, 0.0, 0)


class _Recorder(Link):
    """A warm server's link, which keeps what its children answer."""

    def __init__(self, link: Link, tape: Tape) -> None:
        super().__init__()
        self.link, self.tape = link, tape
        self.ready, self.reap, self.read_ahead, self.close = link.ready, link.reap, link.read_ahead, link.close  # type: ignore[method-assign]

    def fork(self, limits: p.Limits, cpu_seconds: float) -> ChildProcess:
        """A real child behind a recorder."""
        return _Recorded(self.link.fork(limits, cpu_seconds), self.tape)  # type: ignore[return-value]


class Replay(Link):
    """A link without a server; `draw` decides what is odd."""

    def __init__(self, tape: Tape, started: p.Started) -> None:
        super().__init__()
        self._started, self._tape = started, tape
        self.draw = random.Random(0)

    def fork(self, limits: p.Limits, cpu_seconds: float) -> ChildProcess:  # as a link has it
        """A child that is none."""
        return _Replayed(self._tape, self.draw, limits)

    def read_ahead(self, cells: object) -> None:
        """Nothing to read ahead."""


def record(course: Course, lab: str) -> tuple[Tape, p.Started]:
    """What a real child answers when the lab's solution is graded."""
    tape: Tape = {}
    with Grader(course, assignments=[lab]) as grader:
        link = grader._server  # its own
        grader._server = _Recorder(link, tape)
        found = grader.grade_file(course.solution(lab), "solution", lab)
        assert found.score == found.max_score, found.message
        return tape, link.ready()


def run(course: Course, lab: str, count: int, seed: int) -> tuple[Counter[str], dict[str, str], float]:
    """Gradings by outcome, faults by traceback with their seeds, and the largest CPU time of one."""
    tape, started = record(course, lab)
    link = Replay(tape, started)
    outcomes: Counter[str] = Counter()
    faults: dict[str, str] = {}
    most = 0.0
    with Grader(course, server=link, assignments=[lab]) as grader:
        handed_in = collect_file(course.solution(lab), "odd", lab, most_bytes=2**24)
        grader.grade(handed_in)  # what is made once
        for number in range(seed, seed + count):
            link.draw.seed(number)
            start = time.process_time()
            found = grader.grade(handed_in)
            most = max(most, time.process_time() - start)
            if found.status is Status.GRADED:
                outcomes["full marks" if found.score == found.max_score else "less"] += 1
            else:
                outcomes[str(found.status)] += 1
                faults.setdefault(found.message, f"--lab {lab} --seed {number}")
    return outcomes, faults, most


def main() -> None:
    """All labs named, one after another."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--lab", nargs="+", choices=LABS, default=LABS[:3])
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    failed = False
    for lab in options.lab:
        start = time.monotonic()
        outcomes, faults, most = run(find_course(Path(__file__).parent), lab, options.count, options.seed)
        told = ", ".join(f"{count:,} {what}" for what, count in sorted(outcomes.items()))
        seconds = time.monotonic() - start
        print(f"{lab:18} {options.count:,} gradings in {seconds:.0f} s: {told}; {most:.2f} s CPU at most", flush=True)
        for message, where in faults.items():
            print(f"\n{where}\n{message}")
        failed |= bool(faults)
    sys.exit(failed)


if __name__ == "__main__":
    main()
