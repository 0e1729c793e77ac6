"""Define what the grader, the warm server and the sandboxed child say to each other.

Each message is one frame (`frames`), decoded into the types below and nothing else: no pickle, no code, no object
that could run on arrival. The grader asks, the child answers, one answer per question with the question's number on
it; whatever else arrives is a broken protocol and ends the child. Values inside are plain data; `values` says what
that is.
"""

from __future__ import annotations

import math
from typing import Any

import msgspec

KILLED_AFTER = 3  # seconds of computing over its limit, after which the kernel kills whoever does not heed SIGXCPU
MAX_KIND, MAX_ERROR_TEXT = 100, 500  # characters of an exception's name and text


class Cell(msgspec.Struct, array_like=True):
    """A code cell: its position in the notebook (from 0) and its source text."""

    index: int
    source: str


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of one submission; seconds are fair seconds (see `clock`), sizes are bytes."""

    cell_seconds: float = 10.0
    call_seconds: float = 20.0
    cpu_seconds: float = 120.0
    memory_bytes: int = 2 * 2**30  # on top of what the child inherits
    output_bytes: int = 2**20
    scratch_bytes: int = 64 * 2**20
    scratch_files: int = 1000


def whole_seconds(cpu_seconds: float) -> int:
    """A budget as the kernel takes it."""
    return max(1, math.ceil(cpu_seconds))


# ---------------------------------------------------------------- grader -> child


class Plan(msgspec.Struct, tag=True):
    """Read the cells and choose the statements that `names` need; nothing of the student's runs yet."""

    cells: list[Cell]
    names: list[str]


class RunCell(msgspec.Struct, tag=True):
    """Run the chosen statements of one cell."""

    index: int


class Call(msgspec.Struct, tag=True):
    """Call a name of the namespace, or an object by handle: one of its methods, or itself where `method` is empty."""

    target: Any
    method: str
    args: list[Any]
    kwargs: dict[str, Any]


class Calls(msgspec.Struct, tag=True):
    """Do several calls, one after another; they are answered together, whatever becomes of each."""

    calls: list[Call]


class Make(msgspec.Struct, tag=True):
    """Make a library object that stays in the child: `name` as `torch_modules` allows, say "torch.nn.Linear".

    `parts` are made first and handed to it behind `args`; `weights`, if any, are copied in as by `SetWeights`.
    """

    name: str
    args: list[Any]
    kwargs: dict[str, Any]
    parts: list[Make] = []
    weights: list[Any] = []


class Weights(msgspec.Struct, tag=True):
    """List a module's parameters: `[[name, array], …]` in their own order, or their gradients (None where none)."""

    target: Any
    gradients: bool = False


class SetWeights(msgspec.Struct, tag=True):
    """Copy arrays into a module's parameters, in their own order; shapes must agree."""

    target: Any
    arrays: list[Any]


class Backward(msgspec.Struct, tag=True):
    """Clear a module's gradients, call it on `args`, and run backward from the sum of its (first) output."""

    target: Any
    args: list[Any]


class Slopes(msgspec.Struct, tag=True):
    """Call a name on arrays, and return the gradients, with respect to each, of a weighted sum of what it returned."""

    target: str
    args: list[Any]
    weighting: list[Any]


class Keep(msgspec.Struct, tag=True):
    """Keep a value in the child, and return its handle."""

    value: Any


class Exists(msgspec.Struct, tag=True):
    """Ask which of `names` are defined, and what each is: "function", "class", "value" or "missing"."""

    names: list[str]


Request = Plan | RunCell | Call | Calls | Make | Weights | SetWeights | Backward | Slopes | Keep | Exists


class Question(msgspec.Struct, array_like=True):
    """A request with its number; `seed`, if any, seeds every generator first: random, numpy, torch."""

    number: int
    request: Request
    seed: int | None = None


# ---------------------------------------------------------------- child -> grader


class Problem(msgspec.Struct):
    """A cell that could not be read: `line` within the cell."""

    cell: int
    line: int
    text: str


class Planned(msgspec.Struct, tag=True):
    """Cells to run, in order, and those that could not be read."""

    cells: list[int]
    problems: list[Problem]


class Returned(msgspec.Struct, tag=True):
    """The value that a call returned, and what it printed."""

    value: Any = None
    output: str = ""
    truncated: bool = False


MAX_PLACES = 20


class Raised(msgspec.Struct, tag=True):
    """The exception that a call raised; `cell` and `line` are the innermost place in the student's own cells."""

    kind: str  # name of the exception's type
    text: str
    cell: int | None = None
    line: int | None = None
    limit: str = ""  # the limit of the sandbox that was hit: "memory", "room", "file", "files" or "threads"
    output: str = ""
    kinds: list[str] = []  # `kind` and the types that it is derived from
    places: list[tuple[int, int]] = []  # cell and line of each frame there, the innermost first
    in_library: bool = False  # it was raised by a library's code, not by the student's own


class Several(msgspec.Struct, tag=True):
    """The replies to several calls, in their order."""

    replies: list[Returned | Raised]


Reply = Planned | Returned | Raised | Several


class Answer(msgspec.Struct, array_like=True):
    """A reply with the number of its question."""

    number: int
    reply: Reply


class Ready(msgspec.Struct):
    """A child's first frame, sent before any student code runs: how it is confined."""

    isolation: dict[str, bool | int | str]


# ---------------------------------------------------------------- grader <-> warm server


class Configure(msgspec.Struct, tag=True):
    """First frame to the server: where scratch folders go, and whether it and its children are confined.

    `forbidden` are folders that no child may read even where they lie in a readable tree: the course. `branches`: how
    many servers like itself to fork once it is warm. `huge_pages`: take half a second to make each child start sooner.
    `trains`: take most of a second to import what torch imports at an optimizer's first step.
    """

    scratch: str
    sandbox: bool
    forbidden: list[str] = []
    branches: int = 0
    huge_pages: bool = False
    trains: bool = True


class Fork(msgspec.Struct, tag=True):
    """Ask for a child; `cpu_seconds` is what the submission has left."""

    limits: Limits
    cpu_seconds: float


class Reap(msgspec.Struct, tag=True):
    """Kill a child's process group, collect it and remove its scratch folder."""

    pid: int


class ReadCells(msgspec.Struct, tag=True):
    """Read these cells ahead for all children to come: cells as handed out to students, and nothing else."""

    cells: list[Cell]


Order = Configure | Fork | Reap | ReadCells


class Started(msgspec.Struct, tag=True):
    """The server is warm; versions of what students' code runs on."""

    versions: dict[str, str]
    pid: int


class Unavailable(msgspec.Struct, tag=True):
    """The sandbox can't be had here; one line for the person who asked."""

    reason: str


class Forked(msgspec.Struct, tag=True):
    """A child; its channel and a pidfd travel beside this frame."""

    pid: int
    scratch: str


class Reaped(msgspec.Struct, tag=True):
    """The end of a child: exit code, or minus the signal; its CPU seconds and peak memory in bytes."""

    code: int
    cpu_seconds: float
    peak_bytes: int


class CellsRead(msgspec.Struct, tag=True):
    """The cells are read."""


Notice = Started | Unavailable | Forked | Reaped | CellsRead
