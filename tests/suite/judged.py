"""A judge at work without a sandbox: a student whose functions run here, and the reference of a text of code."""

from __future__ import annotations

import ast
import contextlib
import functools
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import torch

from autograder.suite.answer_cache import AnswerCache
from autograder.suite.catalogue import Mistake
from autograder.suite.disclosure import told
from autograder.suite.failures import StudentFailure
from autograder.suite.own_text import OwnText
from autograder.suite.stages import CheckFailed
from autograder.suite.variants import Variants, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from autograder.suite.judge import Judge


class HereStudent:
    """As `Student`, for functions that take and give plain data."""

    def __init__(self, functions: Mapping[str, Callable[..., Any]], source: str = "") -> None:
        self.functions = functions
        self.text = OwnText({0: source}, [])
        self.seen_hidden = False
        self.memory = AnswerCache(lambda: self.seen_hidden)
        self.draws = lambda _name: np.random.default_rng(5)

    @property
    def may_show(self) -> bool:
        """Whether nothing hidden was asked."""
        return not self.seen_hidden

    @contextlib.contextmanager
    def asking(self, *, hidden: bool) -> Iterator[None]:
        """As a student's, who notes that hidden inputs are asked."""
        self.seen_hidden |= hidden
        yield

    def expect_value(self, name: str) -> None:
        """As a student's whose text tells nothing."""

    def call_all(self, name: str, several: Iterable[tuple[Any, Mapping[str, Any]]]) -> list[Callable[[], Any]]:
        """As a student's, one by one."""
        return [functools.partial(getattr(self, name), *args, **kwargs) for args, kwargs in several]

    def seed(self, value: int) -> None:
        """Seed torch, as the next call begins."""
        torch.manual_seed(value)

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return plain(self.functions[name](*args, **kwargs))
            except Exception as error:
                raised = type(error).__name__
                failure = StudentFailure("error", f"`{name}` raised {raised}", raised=raised, kinds=[raised])
                failure.text = str(error)
                raise failure from error

        return call


class TextReference:
    """As `Reference`, for one function whose solution is `answer`."""

    def __init__(self, answer: str, *mistakes: str) -> None:
        self._answer = answer
        self.entries = [msgspec.yaml.decode(text, type=Mistake) for text in mistakes]

    def program(self, judge: Judge, mistake: Mistake | None = None, instead: Any = None) -> Any:
        """The solution, or it with a mistake."""
        return Variants({"torch": torch}, self._answer, judge.function, judge.keys, judge.run).program(mistake, instead)

    def answer(self, function: str) -> str:
        """The solution's text."""
        return self._answer

    def parameters(self, function: str) -> list[str]:
        """As `Reference`: the names of the parameters."""
        tree = ast.parse(self._answer)
        found = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
        return [argument.arg for argument in found.args.args]

    def argument(self, function: str, place: int) -> str:
        """As `Reference`: the name of an argument."""
        return self.parameters(function)[place]

    def signs(self, function: str) -> list[Mistake]:
        """As `Reference`: those that are told by a text."""
        return [entry for entry in self.entries if entry.written and not entry.run]

    def mistakes(self, judge: Judge) -> list[Any]:
        """All mistakes, with their programs and what they change."""
        solution = self.program(judge)
        programs = [(entry, self.program(judge, entry)) for entry in self.entries if entry.run]
        known = bool(judge.carried)
        return [(entry, run, judge.changed_by(run, solution) if known else None) for entry, run in programs]


def verdict(judge: Judge, reference: TextReference, answer: str, *keys: str, form: bool = False) -> Any:
    """The failure, if any, of `answer`, a text of code: of its form, or of the values of `keys`."""
    names: dict[str, Any] = {"torch": torch}
    exec(answer, names)
    student: Any = HereStudent({judge.function: names[judge.function]}, answer)
    try:
        if form:
            judge.answers(student, reference)  # type: ignore[arg-type]  # as one
        else:
            judge.right(student, reference, *keys)  # type: ignore[arg-type]  # as one
    except (CheckFailed, StudentFailure) as failed:
        failed.message = told(failed.message, shown=True)
        return failed
    return None
