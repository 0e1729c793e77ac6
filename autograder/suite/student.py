"""The `student` of a hidden suite: calls go to the sandbox, plain data comes back.

`student.rnn_step(0.8, -1.0, …)` returns numbers, strings, bools, None, lists, dicts, `Array`s (`.numpy()`), or a
`StudentObject` for what stays in the child; a tuple comes back as a list. It raises `StudentFailure` when there is
no answer. Suites import nothing of this module: they get an object as a fixture.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import time
from typing import TYPE_CHECKING, Any, Literal

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ChildFailure
from autograder.sandbox.torch_modules import find_class
from autograder.sandbox.values import Encoder, Handle
from autograder.suite import shared_cache
from autograder.suite.answer_cache import AnswerCache
from autograder.suite.exception_texts import in_words
from autograder.suite.failures import StudentFailure, StudentObject
from autograder.suite.given_functions import GivenStopped, printed
from autograder.suite.missing import article, step_to, why_missing
from autograder.suite.own_text import OwnText
from autograder.suite.request_words import whose, words_for
from autograder.suite.source_lines import place, place_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np

    from autograder.sandbox.submission_process import SubmissionProcess

_KNOWN = frozenset(
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
)
STUB = "Put your code in place of the line `raise NotImplementedError(…)`."


class Student:
    """The submission at hand.

    It is asked with the lab's own inputs or with hidden ones (`asking`); until the first hidden one, texts, lines
    and numbers of the student's program may be shown. See `disclosure`.
    """

    def __init__(self, process: SubmissionProcess, given: list[p.Cell]) -> None:
        self._process = process
        self._given = given
        self._sources = {cell.index: cell.source for cell in process.cells}
        self.names = process.names  # of the graded functions
        self.memory = AnswerCache(lambda: not self.may_show)
        self.text = OwnText(self._sources, self.names)
        self._printed = ""  # by the last call
        self.draws: Callable[[str], np.random.Generator] = _no_draws
        self._extra: tuple[p.Cell, ...] = ()
        self.asks_hidden = True  # else the lab's own inputs
        self._seed: int | None = None

    def begin(self, *, visible: bool, check: str = "") -> None:
        """A check begins; `visible` if it asks the lab's own inputs only."""
        self.asks_hidden = not visible
        self._seed = None
        self.memory.current_check = check

    @contextlib.contextmanager
    def charged(self) -> Iterator[None]:
        """Count the grader's CPU time meanwhile against the submission: what its answers cost to compare and describe.

        What is computed once for a whole batch is not its doing, and reading is counted already.
        """
        start = self._grader_seconds()
        try:
            yield
        finally:
            self._process.judging_seconds += max(0.0, self._grader_seconds() - start)

    def _grader_seconds(self) -> float:
        return time.thread_time() - shared_cache.seconds() - self._process.reading_seconds

    @contextlib.contextmanager
    def asking(self, *, hidden: bool) -> Iterator[None]:
        """Treat what is asked within as hidden inputs, or else as the lab's own, whatever the check at hand is."""
        before, self.asks_hidden = self.asks_hidden, hidden
        try:
            yield
        finally:
            self.asks_hidden = before

    def stop_showing(self) -> None:
        """Take hidden inputs for asked already: from now on nothing is shown that the program chooses."""
        self._process.hidden_asked = True

    @property
    def may_show(self) -> bool:
        """Tell whether what the student's program chooses may be shown: no child of it got hidden inputs so far."""
        return not self._process.hidden_asked

    def with_code(self, source: str) -> Student:
        """The same program with a public text of code behind its last cell, asked in a child of its own.

        The budget is the submission's. Each text gives one student object, which is remembered.
        """
        other = self.memory.recall(("with code", source), lambda: self._with(source))
        other.asks_hidden = self.asks_hidden
        return other

    def _with(self, source: str) -> Student:
        last = max((cell.index for cell in self._process.cells), default=0)
        other = Student(self._process, self._given)
        other.memory, other.draws = self.memory.beside(), self.draws
        other._extra = (p.Cell(last + 1, source),)  # its own
        return other

    @property
    def generation(self) -> int:
        """The number of the child that is at work."""
        return self._process.generation

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self.ask(p.Call(name, "", *self.packed(args, kwargs)))

    def make(
        self,
        class_name: str,
        *args: object,
        parts: Sequence[tuple[Any, ...]] = (),
        weights: Sequence[Any] = (),
        **kwargs: object,
    ) -> StudentObject:
        """A module of the library's, `make("torch.nn.Linear", 3, 5)`, made in the child, to be passed to a function.

        `parts` are modules to hand to it, each the class' name and arguments. `weights` are arrays (or tensors) for its
        parameters, in the module's own order; without them they are whatever the child's generator gave. Raises
        `TypeError` for another class than one below `torch.nn`: a fault of the suite.
        """
        inner = [self._order_of(part, {}) for part in parts]
        request = self._order_of((class_name, *args), kwargs)
        request.parts, request.weights = inner, self.packed(weights, {})[0]
        return self._object(self.ask(request))

    @staticmethod
    def _object(made: Any) -> StudentObject:
        if isinstance(made, StudentObject):
            return made
        raise StudentFailure("crashed", "Your program's process gave something else than the object it was asked for.")

    def _order_of(self, words: tuple[Any, ...], kwargs: dict[str, Any]) -> p.Make:
        class_name, *args = words
        find_class(class_name)
        return p.Make(class_name, *self.packed(args, kwargs))

    def slopes(self, name: str, inputs: Sequence[Any], weighting: Sequence[Any]) -> Any:
        """Return gradients of a weighted sum of all that the function `name` returns, with respect to each input."""
        return self.ask(p.Slopes(name, self.packed(inputs, {})[0], self.packed(weighting, {})[0]))

    def keep(self, value: Any) -> StudentObject:
        """Keep an array in the child, to be handed to a function and looked at after that."""
        return self._object(self.ask(p.Keep(*self.packed([value], {})[0])))

    def seed(self, value: int) -> None:
        """Seed random, numpy and torch in the child, as the next call begins."""
        self._seed = value

    def sort_of(self, name: str) -> Literal["function", "class", "value", "missing"]:
        """Say what kind of object the submission defines under `name`."""
        found = self.ask(p.Exists([name]))
        sort = found.get(name) if isinstance(found, dict) else None
        return sort if sort in {"function", "class", "value"} else "missing"

    def printed(self, name: str, *, overlay: list[str]) -> str:
        """Return what the lab's own copy of the given function `name` prints, run here over the student's `overlay`."""
        functions = {function: getattr(self, function) for function in overlay}
        try:
            return printed(self._given, name, functions, self.seed)
        except GivenStopped as failure:
            if self.may_show:
                failure.message = f"{failure.message}: {failure.text[:400]}"
            raise

    def ask(self, request: p.Request) -> Any:
        """The value of an answer; raises `StudentFailure`."""
        seed, self._seed = self._seed, None
        try:
            self._process.use(self._extra)
            reply = self._process.ask(request, seed, hidden=self.asks_hidden)
        except ChildFailure as failure:
            raise StudentFailure(failure.status, failure.told(shown=self.may_show)) from failure
        return self._value(request, reply)

    def expect_value(self, name: str) -> None:
        """Raise `StudentFailure` after a call of `name` that gave None on the lab's own inputs, if it is known why."""
        printed = bool(self._printed.strip())
        if self.may_show and (found := self.text.why_none(name, printed=printed)) is not None:
            failure = StudentFailure("failed", found.means)
            failure.step, failure.mistake = found.step, "no return" if printed else None
            raise failure

    def call_all(self, name: str, several: Iterable[tuple[Any, Mapping[str, Any]]]) -> list[Callable[[], Any]]:
        """Ask for a call of `name` with each of `several` arguments, in one go where that is possible.

        Each item of the result returns the value of its call, or raises its `StudentFailure`.
        """
        calls = [p.Call(name, "", *self.packed(args, dict(kwargs))) for args, kwargs in several]
        self._process.use(self._extra)
        replies = self._process.ask_all(calls, hidden=self.asks_hidden) if self._seed is None else []
        if not replies:
            return [functools.partial(self.ask, call) for call in calls]
        return [functools.partial(self._value, call, reply) for call, reply in zip(calls, replies, strict=True)]

    def _value(self, request: p.Request, reply: p.Returned | p.Raised) -> Any:
        if isinstance(reply, p.Raised):
            raise self._failure(request, reply)
        self._printed = reply.output
        return self._wrapped(reply.value)

    def packed(self, args: Any, kwargs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Return arguments as plain data; raises `TypeError` for what has no plain form: a fault of the suite."""
        encoder = Encoder(_no_handle)
        return (
            [encoder.encode(_handles(value)) for value in args],
            {key: encoder.encode(_handles(value)) for key, value in kwargs.items()},
        )

    def _wrapped(self, value: Any) -> Any:
        match value:
            case Handle():
                return StudentObject(self, value, self._process.generation)
            case list():
                return [self._wrapped(item) for item in value]
            case dict():
                return {key: self._wrapped(item) for key, item in value.items()}
        return value

    def _failure(self, request: p.Request, raised: p.Raised) -> StudentFailure:
        name = words_for(request, self.names)
        if raised.kind == "MissingNameError":
            failure = StudentFailure("failed", self.why_missing(name), raised=raised.kind)
            process = self._process
            failure.step = step_to(name.strip("`"), self._sources, process.problems, process.abandoned)
            return failure
        if raised.kind == "NotImplementedError" and raised.cell is not None and not raised.in_library:
            failure = StudentFailure("failed", self._not_written(name, raised), raised=raised.kind)
            other = raised.text.partition(":")[0]
            others = self.may_show and other in self.names and name != f"`{other}`"
            failure.step, failure.untouched = STUB, "" if others else whose(request, self.names)
            return failure
        if raised.kind == "TooLargeError":
            failure = StudentFailure("failed", f"{name} returned far too much data.", raised=raised.kind)
            failure.step = "Return what the docstring names, and nothing that grows with it."
            return failure
        kind = article(raised.kind) if raised.kind in _KNOWN else "an exception of its own"
        text, step = in_words(raised, self._sources, self._process.abandoned, shown=self.may_show)
        where = self.place(raised) if self.may_show else place_in(whose(request, self.names), raised, self._sources)
        failure = StudentFailure(
            "error", f"{name} raised {kind}{text}", where=where, raised=raised.kind, kinds=raised.kinds
        )
        if self.may_show and (outside := self.text.outside(whose(request, self.names))) is not None:
            failure.message += f" {name} uses `{outside}`, which is made outside of it."
        failure.step = step
        failure.text = raised.text.partition("\n")[0]
        return failure

    def _not_written(self, name: str, raised: p.Raised) -> str:
        """The stub that raised may be another function's, which says its own name."""
        other = raised.text.partition(":")[0]
        if other in self.names and name != f"`{other}`" and self.may_show:
            return f"{name} uses `{other}`, which is not written yet: its stub is still there."
        return f"{name} is not written yet: its stub is still there."

    def place(self, raised: p.Raised | p.Problem) -> str | None:
        """Say where in the notebook it happened, in words that a student can follow; None where that is not known."""
        return place(raised, self._sources)

    def why_missing(self, name: str) -> str:
        """Say why the submission lacks `name`: a cell that can't be read, one that raised, or nothing at all."""
        process = self._process
        return why_missing(name.strip("`"), self._sources, process.problems, process.abandoned, self.place)


def _handles(value: Any) -> Any:
    if isinstance(value, StudentObject):
        return value.handle()
    if isinstance(value, list | tuple):
        return [_handles(item) for item in value]
    return value


def _no_draws(name: str) -> np.random.Generator:
    raise TypeError(f"nothing can be drawn for {name!r} outside of a graded submission")


def _no_handle(value: object) -> Handle:
    raise TypeError(f"a suite can't send a {type(value).__name__} into the sandbox")
