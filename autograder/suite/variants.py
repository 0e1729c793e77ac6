"""The solution, and the solution with something changed, as programs that a judge can run.

A program is one graded function of the solution notebook. An assignment `key = expression` in it can be made to take
a value given from outside: so a later quantity can be worked out from what the student got for an earlier one. What a
program returns, or raises, is seen as if it had come from a student's process: plain data.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.sandbox.values import Encoder, Handle
from autograder.suite.catalogue import Mistake, assignments
from autograder.suite.library_modules import argument_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

_OWN = "__own_values__"


class Raised(NamedTuple):
    """The exception that a program raised: its type, and the first line of its text."""

    kind: str
    text: str


class Row(NamedTuple):
    """The arguments of one call."""

    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = {}
    seed: int | None = None  # of the generators, just before the call
    times: int = 1  # called so often, one after another; the last answer counts
    name: str = ""  # of a row that is the same for all submissions: what programs make of it is kept
    drawn: bool = False  # its numbers are random ones: nobody can know them when the program is written
    group: str = ""  # what the row is about, for judges that ask groups of rows


Program = Callable[[Row, Mapping[str, Any]], Any]
"""Takes arguments and own values by key; returns plain data, or `Raised`."""
Run = Callable[[Callable[..., Any], Row], Any]
"""Asks a function of the solution's at a row."""


def call(function: Callable[..., Any], row: Row) -> Any:
    """Call a function at a row, as often as the row says."""
    args, kwargs = (
        [argument_here(value) for value in row.args],
        {name: argument_here(value) for name, value in row.kwargs.items()},
    )
    value = None
    for _ in range(row.times):
        value = function(*args, **kwargs)
    return value


class Variants:
    """The programs of one function: the solution's, and those of its mistakes."""

    def __init__(
        self, names: Mapping[str, Any], answer: str, function: str, keys: Sequence[str] = (), run: Run = call
    ) -> None:
        """`names` are the solution's globals, `answer` is the source of the function's cell, `run` asks it."""
        self._names = names
        self._answer = answer
        self._function = function
        self._keys = tuple(keys)
        self._run = run
        self._kept: dict[str, dict[str, Any]] = {}
        self._sources: dict[int, tuple[Mistake, str]] = {}

    def program(self, mistake: Mistake | None = None, instead: Mapping[str, Any] | None = None) -> Program:
        """The solution, or `mistake`; functions of `instead` take the place of the solution's by name.

        Loaded again for each program, so that nothing is kept from one submission to the next but what came of rows
        that have a name.
        """
        source = self._source(mistake) if mistake else self._answer
        kept = {} if instead else self._kept.setdefault(source, {})
        loaded = functools.cache(functools.partial(self._loaded, source, dict(instead or {})))

        def run_or_recall(row: Row, values: Mapping[str, Any]) -> Any:
            if not row.name or values:
                return self._outcome(*loaded(), row, values)
            if row.name not in kept:
                kept[row.name] = self._outcome(*loaded(), row, values)
            return kept[row.name]

        return run_or_recall

    def load(self, mistake: Mistake) -> Any:
        """Load the answer with the mistake in it, and return what has the function's name there."""
        return self._loaded(self._source(mistake), {})[0]

    def _source(self, mistake: Mistake) -> str:
        """The answer with the mistake in it, worked out once: an entry has fields that can't be hashed."""
        if id(mistake) not in self._sources:
            self._sources[id(mistake)] = mistake, mistake.source(self._answer)
        return self._sources[id(mistake)][1]

    def _loaded(self, source: str, instead: dict[str, Any]) -> tuple[Callable[..., Any], dict[str, Any]]:
        own: dict[str, Any] = {}
        names = {**self._names, **instead, _OWN: own}
        exec(_compiled(source, self._keys), names)  # the course's own solution
        return names[self._function], own

    def _outcome(self, function: Any, own: dict[str, Any], row: Row, values: Mapping[str, Any]) -> Any:
        own.clear()
        own.update(values)
        try:
            with undisturbed(row.seed):
                return plain(self._run(function, row))
        except Exception as error:  # an outcome like any other
            return Raised(type(error).__name__, str(error).partition("\n")[0])


@functools.lru_cache(maxsize=2048)
def _compiled(source: str, keys: tuple[str, ...]) -> CodeType:
    tree = ast.parse(source)
    for key in keys:
        for place in assignments(tree, key):
            place.value = ast.IfExp(
                test=ast.parse(f"{key!r} in {_OWN}", mode="eval").body,
                body=ast.parse(f"{_OWN}[{key!r}]", mode="eval").body,
                orelse=place.value,
            )
    return compile(ast.fix_missing_locations(tree), "<variant>", "exec", dont_inherit=True)


@contextlib.contextmanager
def undisturbed(seed: int | None = None) -> Iterator[None]:
    """Run without warnings of NumPy's, and without moving torch's generator on, which starts from `seed` if given."""
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    state = torch.get_rng_state() if torch is not None else None
    if torch is not None and seed is not None:
        torch.default_generator.manual_seed(seed)  # torch.manual_seed also queues a call for each device
    with numpy.errstate(all="ignore") if numpy is not None else contextlib.nullcontext():
        try:
            yield
        finally:
            if torch is not None:
                torch.set_rng_state(state)


def plain(value: object) -> Any:
    """A value as a suite would see it if it had come from a student's process."""
    return Encoder(lambda kept: Handle(0, type(kept).__name__)).encode(value)
