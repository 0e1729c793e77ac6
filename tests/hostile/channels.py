"""What a submission can tell about hidden inputs: programs that answer them in N ways, and the feedbacks that differ.

    python tests/hostile/channels.py [N] [--channel NAME …]

Each channel is a program with `{k}` in it, right on the lab's own inputs; on hidden ones it does something with the
number k. N of them are graded in the real sandbox, and all that a student reads is compared: the page, the record's
fields that are theirs, Gradescope's and PrairieLearn's texts. As many as differ arrived; log2 of that is the channel's
width in bits. Then, for each lab, the most that any check can tell, counted from the words that there are.
"""

from __future__ import annotations

import argparse
import builtins
import math
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import msgspec
from attacks import code_cell

from autograder.course.settings import Course, LateSettings, find_course
from autograder.course.submission import Submission
from autograder.export.final_score import final
from autograder.export.services import gradescope, prairielearn
from autograder.grading.grader import Grader
from autograder.report.student_page import for_students, student_page
from autograder.suite.disclosure import MOST_LINES
from autograder.suite.failures import _KNOWN_TYPES
from autograder.suite.missing import MOST_UNBOUND

if TYPE_CHECKING:
    from autograder.record import Record

LAB1 = """
import math, os, sys, time
import numpy as np
import torch

SHOWN = {{0.0, 1.0, -1.0, 2.5, 100.0, -100.0, 0.2, 0.7, 0.9, -50.0, 50.0, 3.0}}
k = {k}


def right(x):
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, x))))


def sigmoid(x):
    return right(x) if x in SHOWN else told(x)


"""


@dataclass(frozen=True)
class Channel:
    """A way to tell a number: `code` is the program; `bits` is how much of it `SECURITY.md` says to arrive."""

    code: str
    bits: float = 0.0
    lab: str = "lab1_scalar_lstm"

    def program(self, k: int) -> str:
        """The program that tells `k`."""
        before = LAB1.replace("{{", "{").replace("}}", "}") if self.lab == "lab1_scalar_lstm" else "k = {k}\n"
        filler = {"{fill}": "\n    ".join(["x += 0"] * (k + 1)), "{fill70}": "\n    ".join(["x += 0"] * (k + 70))}
        text = before + self.code
        for word, lines in filler.items():
            text = text.replace(word, lines)
        return text.replace("{k}", str(k)).replace("{pad}", "\n" * k)


def _told(body: str, bits: float = 0.0) -> Channel:
    return Channel("def told(x):\n" + "\n".join(f"    {line}" for line in body.splitlines()) + "\n", bits)


_SHOWN_SIZES = [(4, 6, 8, 16), (2, 5, 3, 11), (1, 9, 2, 7)]  # those of lab 3's own check: what comes there may be told

EXCEPTIONS = sum(isinstance(value, type) and issubclass(value, BaseException) for value in vars(builtins).values())
GENERAL = 200
"""More than the fixed sentences of judges and of the sandbox, with what may be one of a few in them."""
_ORDINARY = "[v for v in vars(builtins).values() if isinstance(v, type) and issubclass(v, Exception)]"
CHANNELS = {
    "length of a list": _told("return [0.0] * (k + 2)"),
    "place in a list": Channel(
        "def told(x):\n    return right(x)\n\n\n"
        "def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):\n"
        "    f, i, o, g = forget_logit, input_logit, output_logit, candidate_logit\n"
        "    c = right(f) * c_prev + right(i) * math.tanh(g)\n"
        "    return dict(c_t=c, h_t=right(o) * math.tanh(c), forget_gate=right(f), input_gate=right(i), "
        "output_gate=right(o), c_tilde=math.tanh(g))\n\n\n"
        "def forget_gate_effect(logits):\n    found = [lstm_step(0.8, f, 0.2, 0.7, 0.9)['c_t'] for f in logits]\n"
        "    if found and len(found) != 1 and len(found) != 3:\n        found[k % len(found)] = 'x'\n    return found\n"
    ),
    "shape beside a wrong number": Channel(
        "def told(x):\n    return right(x)\n\n\n"
        "def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):\n"
        "    c = 7.25 if forget_logit in SHOWN else np.zeros((k + 2, 3))\n"
        "    return dict.fromkeys(['c_t', 'h_t', 'forget_gate', 'input_gate', 'output_gate', 'c_tilde'], c)\n"
    ),
    "length of a text": _told("return 'x' * (k + 1)"),
    "keys of a dict": _told("return {f'key{k}': 1.0}"),
    "shape of an array": _told("return np.zeros((k + 2, 3))"),
    "axes of an array": _told("return np.zeros((1,) * (k % 30 + 2))", 1.0),
    "type of an array": _told(
        "return np.zeros(2, ['f2', 'f4', 'f8', 'i1', 'i2', 'i4', 'i8', 'u1', 'c8', '?'][k % 10])"
    ),
    "shape of a tensor": _told("return torch.zeros(2, k + 2)"),
    "value of a number": _told("return 5.5 + k"),
    "name of a type": _told("return type(f'T{k}', (), {})()"),
    "text of an exception": _told("raise ValueError('x' * k, k)"),
    "name of an exception": _told("raise type(f'E{k}', (ValueError,), {'__str__': lambda self: str(k)})(k)"),
    "notes of an exception": _told("error = ValueError()\nerror.add_note(str(k))\nraise error"),
    "line far down": Channel(
        "def sigmoid(x):\n    if x in SHOWN:\n        return right(x)\n    {fill70}\n    raise ValueError\n"
    ),
    "line of a helper": Channel("def told(x):\n    {fill}\n    raise ValueError\n"),
    "line that is made up": _told("exec(compile('\\n' * (1000 + k) + 'raise ValueError', '<cell 5>', 'exec'))"),
    "cell that is made up": _told("exec(compile('raise ValueError', f'<cell {k}>', 'exec'))"),
    "exit code": _told("os._exit(k + 1)"),
    "signal": _told("os.kill(os.getpid(), [4, 6, 7, 8, 11, 5, 31, 10][k % 8])"),
    "printed text": _told("print('x' * k)\nraise ValueError"),
    "seconds": _told("time.sleep(0.002 * k)\nraise ValueError"),
    "computing time": _told(
        "end = time.process_time() + 0.002 * k\nwhile time.process_time() < end:\n    pass\nraise ValueError"
    ),
    "files": _told("for at in range(k):\n    open(f'file{at}', 'w').write('x' * k)\nraise ValueError"),
    "size of a frame": _told(
        "for at in range(3, 64):\n    try:\n        os.write(at, (2**31 + k).to_bytes(4, 'big'))\n"
        "    except OSError:\n        pass\nreturn 0.0"
    ),
    "text of a stub": _told(
        "names = ['lstm_step', 'forget_gate_effect', 'sigmoid', 'x']\nraise NotImplementedError(f'{names[k % 4]}: ')"
    ),
    "sizes of shapes": Channel(
        "def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):\n"
        f"    n = 0 if (batch_size, seq_len, input_size, hidden_size) in {_SHOWN_SIZES} else k + 1\n"
        "    out, h = [batch_size, seq_len, hidden_size + n], [1, batch_size, 16]\n"
        "    return dict(lstm_out=out, lstm_h=h, lstm_c=h, gru_out=out, gru_h=h)\n",
        lab="lab3_shapes",
    ),
    "number of shapes": Channel(
        "def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):\n"
        "    out, h = [batch_size, seq_len, hidden_size], [1, batch_size, hidden_size]\n"
        f"    h = h if (batch_size, seq_len, input_size, hidden_size) in {_SHOWN_SIZES} else h * (k + 2)\n"
        "    return dict(lstm_out=out, lstm_h=h, lstm_c=h, gru_out=out, gru_h=h)\n",
        1.0,  # a shape, or more numbers than any tensor has axes
        lab="lab3_shapes",
    ),
    "line within the function": Channel(
        "def sigmoid(x):\n    if x in SHOWN:\n        return right(x)\n    {fill}\n    raise ValueError\n",
        math.log2(MOST_LINES),
    ),
    "kind of exception": _told(
        f"import builtins\nfound = {_ORDINARY}\nkind = found[k % len(found)]\n"
        "raise kind.__new__(kind, 'a', b'b', 0, 1, 'c')",
        math.log2(EXCEPTIONS),
    ),
    "name that nothing binds": _told(
        "if k % 4 == 0:\n    first_name\nif k % 4 == 1:\n    second_name\nif k % 4 == 2:\n    third_name\nfourth_name",
        math.log2(MOST_UNBOUND),
    ),
    "package that is not there, or name": Channel(
        "".join(f"import absent_package_{n}\n" for n in range(MOST_UNBOUND))
        + "def told(x):\n"
        + "".join(f"    if k % 9 == {n}:\n        absent_package_{n}\n" for n in range(MOST_UNBOUND))
        + "".join(f"    if k % 9 == {MOST_UNBOUND + n}:\n        lost_{n}\n" for n in range(MOST_UNBOUND))
        + "    raise NameError\n",
        math.log2(2 * MOST_UNBOUND + 1),
    ),
    "known type": _told(
        "known = [bytes(), bytearray(), set(), frozenset(), range(1), slice(1), iter([]), map(abs, []), zip(), "
        "filter(abs, []), enumerate([]), reversed([]), sigmoid, abs, type, os, 1j, torch.nn.GRU(1, 1), "
        "torch.nn.LSTM(1, 1), torch.nn.Linear(1, 1), torch.float32, x.__add__]\nreturn known[k % len(known)]",
        5.0,
    ),
    "known mistake": _told(
        "e = math.exp(-abs(x))\nknown = [math.tanh(x), max(0.0, x), x, -x, 1 - right(x), right(x) * (1 - right(x)), "
        "round(right(x), 4), float('nan'), float('inf'), -float('inf'), None, 'x', True, 0.5]\n"
        "return known[k % len(known)]",
        4.0,
    ),
}


class Meter:
    """Grades programs and counts what a student could tell apart. A context manager."""

    def __init__(self, course: Course) -> None:
        limits = msgspec.structs.replace(course.settings.limits, call_seconds=3, cpu_seconds=20)
        course = msgspec.structs.replace(course, settings=msgspec.structs.replace(course.settings, limits=limits))
        self._grader = Grader(course, assignments=["lab1_scalar_lstm", "lab3_shapes"])

    def feedback(self, channel: Channel, k: int) -> str:
        """All that a student reads of the program that tells `k`."""
        record = self._grader.grade(self._handed_in(channel, k))
        record.submission.sha256 = ""
        return told_to_a_student(record)

    def _handed_in(self, channel: Channel, k: int) -> Submission:
        cells = [code_cell(channel.program(k)) | {"id": "a"}]
        book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return Submission(
            student="mallory",
            assignment=channel.lab,
            path=f"mallory/{channel.lab}/{channel.lab}.ipynb",
            data=msgspec.json.encode(book),
        )

    def arrived(self, channel: Channel, count: int) -> int:
        """How many of `count` programs got a feedback of their own."""
        return len({self.feedback(channel, k) for k in range(count)})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._grader.close()


def told_to_a_student(record: Record) -> str:
    """Page, checks, score and the texts of services that show them."""
    fields = for_students(record)
    result = final(fields, None, LateSettings())
    said = msgspec.json.encode((fields.status, fields.message, fields.score, fields.seconds, fields.checks))
    return "\n".join(
        part.decode() for part in (student_page(record).encode(), said, gradescope(result), prairielearn(result))
    )


def most_of_a_check(mistakes: int) -> float:
    """Bits that one check on hidden inputs can tell at most, where the catalogue has so many mistakes of its function.

    It passes; or fails in the words of one mistake or two, of a known type, or of a general rule; or an exception of a
    known kind ends it at a line, about a name; or the process ends.
    """
    words = mistakes + mistakes * (mistakes - 1) // 2 + len(_KNOWN_TYPES) + GENERAL
    exceptions = (EXCEPTIONS + 1) * (MOST_LINES + 1) * (2 * MOST_UNBOUND + 1)  # names, or packages that are not there
    return math.log2(1 + words + exceptions)


def most_of_labs(course: Course) -> dict[str, tuple[int, float, float]]:
    """By lab: how many checks ask hidden inputs, the bits of the widest one, and of all together."""
    found = {}
    with Grader(course) as grader:
        for lab in course.settings.assignments:
            shelf = grader._graded(lab)
            hidden = [info.cell for info in shelf.suite.infos.values() if not info.visible]
            widths = [most_of_a_check(len(shelf.reference.catalogue.get(cell, ()))) for cell in hidden]
            found[lab] = len(hidden), max(widths), sum(widths)
    return found


def main() -> None:
    """The table, and what labs can tell at most."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=16)
    parser.add_argument("--channel", nargs="+", choices=CHANNELS, default=list(CHANNELS))
    options = parser.parse_args()
    course, wide = find_course(Path(__file__).parent), False
    with Meter(course) as meter:
        for name in options.channel:
            arrived = meter.arrived(CHANNELS[name], options.count)
            wide |= math.log2(arrived) > CHANNELS[name].bits
            print(f"{name:26} {arrived:3} of {options.count} arrived, {math.log2(arrived):.1f} bits", flush=True)
    for lab, (checks, bits, together) in most_of_labs(course).items():
        print(f"{lab}: {checks} checks on hidden inputs, {bits:.1f} bits each at most, {together:.0f} together")
    sys.exit(wide)


if __name__ == "__main__":
    main()
