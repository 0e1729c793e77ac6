"""Read, choose and run programs under whatever Python runs this; no library is needed.

Takes JSON from standard input: `kept`, texts whose slice has to answer like the whole; `counts`, lists of cells after
which `f()` has to be 1; `new`, a text by the minor version that has its syntax. Prints as JSON what went otherwise.
`msgspec` and IPython are stood in for by what the readers use of them: a class with fields, and no magics.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
import traceback
import types
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]


class _Struct:
    """Fields by annotation, set by place or by name."""

    def __init_subclass__(cls, **_options: object) -> None:
        """Take msgspec's options."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        names = list(self.__annotations__)
        self.__dict__.update(zip(names, args, strict=False), **kwargs)


class _NoMagics:
    def transform_cell(self, text: str) -> str:
        return text


def _modules() -> tuple[Any, Any, Any, Any, Any]:
    sys.modules["msgspec"] = types.ModuleType("msgspec")
    sys.modules["msgspec"].__dict__.update(Struct=_Struct)
    reader = types.ModuleType("IPython.core.inputtransformer2")
    reader.__dict__.update(TransformerManager=_NoMagics)
    sys.modules.update({"IPython": reader, "IPython.core": reader, reader.__name__: reader})
    inside = ("", ".sandbox", ".sandbox.server", ".sandbox.slicing")
    for name in (f"autograder{path}" for path in inside):  # the folders alone: the packages' own text needs libraries
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].__path__ = [str(REPO.joinpath(*name.split(".")))]
    from autograder.sandbox import protocol
    from autograder.sandbox.server import execution
    from autograder.sandbox.slicing import choose, definitions, parse

    return definitions, execution, protocol, parse, choose


definitions, execution, protocol, parse, choose = _modules()


def loaded(sources: list[str], *, whole: bool) -> dict[str, Any]:
    """The names after a notebook's cells, or what of them `f` needs, ran as in a child."""
    read = [(index, parse.read_cell(protocol.Cell(index, source))) for index, source in enumerate(sources)]
    trees = [(index, tree) for index, tree in read if isinstance(tree, ast.Module)]
    plan = {index: tree.body for index, tree in trees} if whole else choose.choose(trees, ["f"])
    main = parse.new_namespace()
    sys.modules["__main__"] = main
    known = definitions.Definitions(["f"])
    for index, statements in plan.items():
        for statement in statements:
            one = ast.Module([statement], type_ignores=[])
            execution.execute(one, f"<cell {index}>", choose.future_flags(trees), main.__dict__)
            known.note(statement, main.__dict__)
    known.settle(main.__dict__)
    found: dict[str, Any] = main.__dict__
    return found


def complaints(given: dict[str, Any]) -> list[str]:
    """What is not as it should be."""
    found = []
    for source in given["kept"]:
        with contextlib.redirect_stdout(io.StringIO()):
            sliced, whole = (repr(loaded([source], whole=whole)["f"]()) for whole in (False, True))
        if sliced != whole:
            found.append(f"{source!r} gives {sliced}, not {whole}")
    for cells in given["counts"]:
        value = loaded(cells, whole=False)["f"]()
        if value != 1:
            found.append(f"{cells!r} gives {value!r}")
    for minor, source in given["new"]:
        known = isinstance(parse.read_cell(protocol.Cell(0, source)), ast.Module)
        if known != (sys.version_info >= (3, minor)):
            found.append(f"{source!r} is {'read' if known else 'not read'}")
        elif known and loaded([source], whole=False)["f"](1) != 1:
            found.append(f"{source!r} does not give 1")
    return found


def main() -> None:
    """Print complaints, or the exception that ended it."""
    try:
        said = complaints(json.load(sys.stdin))
    except Exception:  # told to the test
        said = [traceback.format_exc()]
    print(json.dumps({"python": sys.version.split()[0], "said": said}))  # the answer


if __name__ == "__main__":
    main()
