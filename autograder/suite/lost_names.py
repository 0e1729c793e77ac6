"""Say what is likely where a name is used that nothing binds: an import, a member of a package, a slip of the pen.

All of it is worked out from the student's own text, and from a name that may be told (`missing.lost_name`).
"""

from __future__ import annotations

import ast
import difflib
import math
from typing import TYPE_CHECKING

from autograder.course.bounded_parse import read_bounded
from autograder.suite.missing import IMPORTS, first_cells

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLOSE = 0.7
_MOST = 2000  # names among which one that is alike is looked for
_PACKAGES = (("np", "numpy"), ("torch", "torch"), ("math", "math"))
_MEMBERS = {
    "np": {"exp", "tanh", "sqrt", "log", "array", "zeros", "ones", "mean", "dot", "where", "random", "arange"},
    "torch": {
        "tensor",
        "stack",
        "rand",
        "randn",
        "sigmoid",
        "softmax",
        "no_grad",
        "manual_seed",
        "optim",
        "cat",
        "argmax",
    },
    "math": {name for name in vars(math) if not name.startswith("_")},
}
"""Names that beginners use without their package, by what the package is called in a notebook."""
_ELSEWHERE = {
    **dict.fromkeys(["accuracy_score", "f1_score", "recall_score", "precision_score"], "scikit-learn"),
    **dict.fromkeys(["confusion_matrix", "train_test_split"], "scikit-learn"),
    **dict.fromkeys(["keras", "tf"], "TensorFlow"),
    "expit": "SciPy",
    "tqdm": "tqdm",
}
"""Names of packages that are not there, which the labs don't need."""


def about(name: str, sources: Iterable[str]) -> tuple[str, str]:
    """Return what follows "raised a NameError" where nothing binds `name`, and the next step."""
    known = name in _names(sources)[1]
    text = f": `{name}` is not known in this place" if known else f": nothing is called `{name}` in what was handed in"
    return text, likely(name, sources)


def likely(name: str, sources: Iterable[str]) -> str:
    """The next step where nothing binds `name`."""
    bound, where = _names(sources)
    if name in IMPORTS:
        return f"Add `{IMPORTS[name]}` to the notebook."
    if name in _ELSEWHERE:
        return f"`{name}` belongs to {_ELSEWHERE[name]}, which is not there where this is graded: do without it."
    for short, package in _PACKAGES:
        if name in _MEMBERS[short] and short in bound:
            return f"Write {short}.{name}: the name belongs to the package {package}."
    if name in where:
        return f"`{name}` is known within `{where[name]}` only. Hand it on as an argument; in a class, keep it in self."
    alike = difflib.get_close_matches(name, [other for other in bound if len(other) > 1], n=1, cutoff=_CLOSE)
    if alike and len(name) > 1:
        return f"Is `{alike[0]}` meant? Correct the name."
    return f"Give `{name}` a value above that line. If you did so in another cell, that cell was not handed in."


def _names(sources: Iterable[str]) -> tuple[list[str], dict[str, str]]:
    """Return the names that are bound anywhere, and those bound within a function, with that function."""
    bound: dict[str, None] = {}
    inside: dict[str, str] = {}
    for source in first_cells(sources):
        tree = read_bounded(source)
        for node in ast.walk(tree) if tree and len(bound) < _MOST else ():
            if isinstance(node, ast.FunctionDef):
                for part in ast.walk(node):
                    if (name := _bound(part)) and part is not node:
                        inside.setdefault(name, node.name)
            if name := _bound(node):
                bound[name] = None
    return list(bound), inside


def _bound(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return name
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.alias(name=name, asname=asname):
            return asname or name.partition(".")[0]
    return ""
