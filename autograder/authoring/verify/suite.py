"""A hidden suite as the rules see it: its checks, and every number and text that stands in its code.

Checks are found by importing the suite, because a course may make them with decorators of its own; numbers and
texts by reading the source of the suite and of the course's modules that it imports. No check is run here.
"""

from __future__ import annotations

import ast
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.suite.decorator import CheckInfo, check_name
from autograder.suite.judge import Judge
from autograder.suite.loading import import_suite
from autograder.suite.suite_errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class SuiteCheck:
    """One check of a suite."""

    id: str
    line: int
    info: CheckInfo


class Suite:
    """One suite file; `problem` says why it can't be imported, where it can't."""

    def __init__(self, path: Path, files: list[Path]) -> None:
        """The suite at `path` of a lab that has `files`."""
        self.path = path
        self._files = files

    @functools.cached_property
    def _imported(self) -> tuple[dict[str, object], str]:
        try:
            return vars(import_suite(self.path)), ""
        except Exception as error:  # whatever the author's file does
            return {}, in_one_line(error)

    @property
    def checks(self) -> list[SuiteCheck]:
        """The suite's checks, in the order of its file; none if it can't be imported."""
        return list(_checks(self._imported[0]))

    @property
    def judges(self) -> list[Judge]:
        """The judges that the suite holds by name."""
        return [value for value in self._imported[0].values() if isinstance(value, Judge)]

    @property
    def problem(self) -> str:
        """Say why it can't be imported, or nothing."""
        return self._imported[1]

    @functools.cached_property
    def sources(self) -> dict[Path, str]:
        """The text of the suite and of its lab's own modules."""
        return {path: path.read_text(encoding="utf-8") for path in self._files if path.suffix == ".py"}

    @functools.cached_property
    def texts(self) -> list[str]:
        """Every text constant in the sources."""
        return [value for value in self._constants if isinstance(value, str)]

    @functools.cached_property
    def numbers(self) -> list[float]:
        """Every number in the sources."""
        return [float(value) for value in self._constants if isinstance(value, int | float)]

    @functools.cached_property
    def _constants(self) -> list[object]:
        trees = map(parsed, self.sources.values())
        return [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]

    def statements(self) -> Iterator[str]:
        """The source of each simple statement and each head of a compound one, in the suite and its modules."""
        for source in self.sources.values():
            for node in ast.walk(parsed(source)):
                if isinstance(node, ast.Assign | ast.AugAssign | ast.Return | ast.Expr) and not _is_text(node):
                    yield ast.unparse(node)


def parsed(source: str) -> ast.Module:
    """A module's tree; an empty one where it is no Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return ast.Module([], [])  # the import says what is wrong


def _is_text(node: ast.stmt) -> bool:
    return isinstance(getattr(node, "value", None), ast.Constant)


def _checks(names: dict[str, object]) -> Iterator[SuiteCheck]:
    for name, value in names.items():
        info = getattr(value, "__check__", None)
        if name.startswith("test_") and isinstance(info, CheckInfo):
            line = getattr(getattr(value, "__code__", None), "co_firstlineno", 0)
            yield SuiteCheck(check_name(info, name), line, info)
