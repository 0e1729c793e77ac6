"""The `reference` of a hidden suite: the solution notebook's functions, loaded in the grader process.

Read and sliced by the same code as a submission, so that both mean the same by "the last definition of a name".
This is trusted code in a trusted process: nothing of it ever enters a child.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from autograder.errors import GraderError
from autograder.sandbox.reading import new_namespace, read_cell
from autograder.sandbox.slicing import choose, future_flags

if TYPE_CHECKING:
    from autograder.assignment import Assignment


class Reference:
    """Attribute access to the solution's functions and classes."""

    def __init__(self, assignment: Assignment, extra: tuple[str, ...] = ()) -> None:
        cells = [(cell.index, read_cell(cell)) for cell in assignment.solution.code]
        trees = [(index, tree) for index, tree in cells if isinstance(tree, ast.Module)]
        self._assignment = assignment.name
        self._module = new_namespace()
        for index, statements in choose(trees, [*assignment.points, *extra]).items():
            module = ast.Module(statements, type_ignores=[])
            code = compile(module, f"<solution cell {index}>", "exec", future_flags(trees), dont_inherit=True)
            try:
                exec(code, self._module.__dict__)  # noqa: S102  # the course's own solution
            except Exception as error:
                raise GraderError(f"the solution of {assignment.name} stops in cell {index}: {error!r}") from error

    def __repr__(self) -> str:
        return f"<the reference of {self._assignment}>"  # the same in all processes of a batch, see `once`

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # a function of the solution's
        try:
            return self._module.__dict__[name]
        except KeyError:
            raise GraderError(f"the solution of {self._assignment} defines no {name!r}") from None
