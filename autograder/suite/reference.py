"""The `reference` of a hidden suite: the solution notebook's functions, loaded in the grader process.

Read and sliced by the same code as a submission, so that both mean the same by "the last definition of a name".
This is trusted code in a trusted process: nothing of it ever enters a child. Beside the solution stand its variants,
the mistakes of the lab's catalogue.
"""

from __future__ import annotations

import ast
import functools
import inspect
import io
from typing import TYPE_CHECKING, Any, Protocol

from autograder.errors import GraderError
from autograder.sandbox.slicing.choose import choose, future_flags
from autograder.sandbox.slicing.parse import new_namespace, read_cell
from autograder.suite import catalogue
from autograder.suite.variants import Variants

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from autograder.course.assignment import Assignment
    from autograder.suite.catalogue import Mistake
    from autograder.suite.variants import Program, Row


class Asks(Protocol):
    """A judge, as far as the solution is run for it: `Asking` is one."""

    function: str
    keys: tuple[str, ...]

    @property
    def carried(self) -> Sequence[str]:
        """The quantities that later ones are worked out from."""

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Return what the function gives for a row."""

    def changed_by(self, program: Program, solution: Program) -> set[str]:
        """The quantities that a variant changes on sample rows that are the same for all."""

    def __hash__(self) -> int:
        """Hash the judge, under which programs are kept."""


class Reference:
    """The solution, with its functions and classes as attributes; `program` and `mistakes` are for judges."""

    def __init__(self, assignment: Assignment, extra: tuple[str, ...] = ()) -> None:
        cells = [(cell.index, read_cell(cell)) for cell in assignment.solution.code]
        trees = [(index, tree) for index, tree in cells if isinstance(tree, ast.Module)]
        self._assignment = assignment
        self._module = new_namespace()
        self._changes: dict[Asks, list[tuple[Mistake, set[str] | None]]] = {}
        self._variants: dict[Asks, Variants] = {}
        for index, statements in choose(trees, [*assignment.points, *extra]).items():
            module = ast.Module(statements, type_ignores=[])
            code = compile(module, f"<solution cell {index}>", "exec", future_flags(trees), dont_inherit=True)
            try:
                exec(code, self._module.__dict__)  # the course's own solution
            except Exception as error:
                raise GraderError(f"the solution of {assignment.name} stops in cell {index}: {error!r}") from error

    def __repr__(self) -> str:
        return f"<the reference of {self._assignment.name}>"  # the same in all processes of a batch, see `once`

    def __getattr__(self, name: str) -> Any:
        try:
            return self._module.__dict__[name]
        except KeyError:
            raise GraderError(f"the solution of {self._assignment.name} defines no {name!r}") from None

    @functools.cached_property
    def catalogue(self) -> dict[str, list[Mistake]]:
        """The lab's mistakes by function."""
        return catalogue.read(self._assignment.home / catalogue.FILE)

    def program(
        self, judge: Asks, mistake: Mistake | None = None, instead: Mapping[str, Callable[..., Any]] | None = None
    ) -> Program:
        """The judge's function as the solution has it, or with a mistake; loaded again each time."""
        if judge not in self._variants:
            names, answer = self._module.__dict__, self.answer(judge.function)
            self._variants[judge] = Variants(names, answer, judge.function, judge.keys, judge.run)
        return self._variants[judge].program(mistake, instead)

    def variant(self, function: str, mistake: Mistake) -> Any:
        """The solution's function or class with a mistake in it, loaded again."""
        return Variants(self._module.__dict__, self.answer(function), function).load(mistake)

    def printed(self, given: str, instead: Mapping[str, Callable[..., Any]] | None = None) -> str:
        """Return what the lab's own function `given` prints over the solution; `instead` replaces functions of that."""
        lines = io.StringIO()
        names = {**self._module.__dict__, **(instead or {}), "print": functools.partial(print, file=lines)}
        exec(self._cell(given), names)  # the course's own
        names[given]()
        return lines.getvalue()

    def _cell(self, name: str) -> str:
        """The source of the solution's cell called `name`; raises `GraderError`."""
        for cell in self._assignment.solution.cells:
            if cell.grade_id == name:
                return cell.source
        raise GraderError(f"the solution of {self._assignment.name} has no cell {name}")

    def answer(self, function: str) -> str:
        """The source of a function's answer in the solution; raises `GraderError`."""
        return self._cell(f"{function}_answer")

    def parameters(self, function: str) -> list[str]:
        """Return the names of the parameters of the solution's function, in their order."""
        return list(inspect.signature(getattr(self, function)).parameters)

    def argument(self, function: str, place: int) -> str:
        """Return the name that the solution's function gives to the argument at `place`, from 0."""
        return self.parameters(function)[place]

    def signs(self, function: str) -> list[Mistake]:
        """The mistakes of a function that are told by the student's own text, where numbers don't tell them."""
        return [entry for entry in self.catalogue.get(function, []) if entry.written and not entry.run]

    def mistakes(self, judge: Asks) -> list[tuple[Mistake, Program, set[str] | None]]:
        """The mistakes of the judge's function that can be run, loaded again, each with what it changes.

        None in its place where quantities don't follow from each other: then the rows that were asked tell.
        """
        if judge not in self._changes:
            solution = self.program(judge)
            self._changes[judge] = [
                (entry, judge.changed_by(self.program(judge, entry), solution) if judge.carried else None)
                for entry in self.catalogue.get(judge.function, [])
                if entry.run
            ]
        return [(entry, self.program(judge, entry), changed) for entry, changed in self._changes[judge]]
