"""Say why a submission lacks a name: a cell that can't be read, one that raised, a slip of the pen, or nothing at all.

All of it is read from the student's own text, before anything hidden is asked: it can be said in full.
"""

from __future__ import annotations

import ast
import builtins
import difflib
import platform
import re
import symtable
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from autograder.course.bounded_parse import MOST_CHARACTERS, plain_text, read_bounded
from autograder.sandbox.errors import ChildFailure
from autograder.sandbox.protocol import Raised
from autograder.sandbox.slicing.parse import new_namespace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from autograder.sandbox.protocol import Problem

MOST_UNBOUND = 4
"""So many names that nothing binds may be told apart in a message: more would be a channel for hidden inputs."""
PACKAGES = "numpy, torch, matplotlib and Python's own library"
_HERE = {"numpy", "torch", "matplotlib", *sys.stdlib_module_names}
_ABSENT = {"ModuleNotFoundError", "ImportError"}
IMPORTS = {
    "np": "import numpy as np",
    "numpy": "import numpy",
    "torch": "import torch",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "math": "import math",
    "random": "import random",
    "plt": "import matplotlib.pyplot as plt",
    "autograd": "from torch import autograd",
    "optim": "from torch import optim",
    "clip_grad_norm_": "from torch.nn.utils import clip_grad_norm_",
    "clip_grad_value_": "from torch.nn.utils import clip_grad_value_",
    "DataLoader": "from torch.utils.data import DataLoader",
    "TensorDataset": "from torch.utils.data import TensorDataset",
    "deepcopy": "from copy import deepcopy",
    "copy": "import copy",
    "partial": "from functools import partial",
    "defaultdict": "from collections import defaultdict",
    "Counter": "from collections import Counter",
    "itertools": "import itertools",
    "functools": "import functools",
    "dataclass": "from dataclasses import dataclass",
}
"""The import that is likely meant by a name that nothing binds."""
_MOST_NAMES = 300  # of functions and classes, among which a misspelt one is looked for
_SCOPE = re.compile(r"\b(?:def|class|lambda|for)\b")
_MOST_SCOPES = 1000  # `symtable` compares each name with each of them
_LOST = re.compile(r"name '(\w+)' is not defined")
_JUPYTER = {"__name__", "__file__", "__doc__", "_", "__", "___", "exit", "quit"}
_GIVEN = frozenset({*vars(builtins), *vars(new_namespace())} | _JUPYTER)


def why_missing(
    name: str,
    sources: Mapping[int, str],
    problems: Sequence[Problem],
    abandoned: Mapping[int, Raised | ChildFailure],
    place: Callable[[Raised | Problem], str | None],
) -> str:
    """A sentence for the student; `sources` are the code cells by index, `place` says where something happened."""
    binds = _binding(name)
    if (problem := _unread(binds, sources, problems)) is not None:
        return f"`{name}` is missing, because its cell is not valid {python()} ({problem.text}; {place(problem)})."
    for index, cause in abandoned.items():
        if binds.search(sources.get(index, "")):
            if isinstance(cause, ChildFailure):
                return f"`{name}` is missing, because its cell did not come to an end. {cause.told(shown=True)}"
            where = f" ({found})" if (found := place(cause)) else ""
            raised = f"{article(cause.kind)}{where}.{_package(cause)}"
            return f"`{name}` is missing, because its cell raised {raised}"
    return f"`{name}` is missing: {_instead(name, sources)}"


def step_to(
    name: str,
    sources: Mapping[int, str],
    problems: Sequence[Problem],
    abandoned: Mapping[int, Raised | ChildFailure],
) -> str:
    """The next step where nothing is called `name`: never a hint about its formula, which there is none of yet."""
    binds = _binding(name)
    if (problem := _unread(binds, sources, problems)) is not None:
        line = min(max(problem.line, 1), max(len(sources[problem.cell].splitlines()), 1))
        return (
            f"Correct line {line} of that cell, or the one above it. "
            "Run the cell until Python takes it, then its check."
        )
    if any(binds.search(sources.get(index, "")) for index in abandoned):
        return "Run that cell alone in a fresh notebook (Restart, then Run), and correct what it says."
    top, inside = _defined(sources)
    if name in inside:
        return f"Take the spaces away before `{name}` and all of its lines, so that it begins at the left margin."
    if (found := _alike(name, top)) is not None:
        return f"Call it `{name}` where it is defined, instead of `{found}`."
    return f"Define `{name}` in its cell, under that very name, and hand the notebook in with that cell in it."


def _binding(name: str) -> re.Pattern[str]:
    return re.compile(rf"^[ \t]*(?:async\s+def\s+|def\s+|class\s+)?{re.escape(name)}\b\s*[(:=\[]", re.MULTILINE)


def _unread(binds: re.Pattern[str], sources: Mapping[int, str], problems: Sequence[Problem]) -> Problem | None:
    """The first cell that can't be read and has such a text."""
    return next((problem for problem in problems if binds.search(sources.get(problem.cell, ""))), None)


def python() -> str:
    """The Python that grades, as a student should know it where a newer one was used."""
    major, minor, _ = platform.python_version_tuple()
    return f"Python {major}.{minor}, which grades here"


def article(kind: str) -> str:
    """An exception's type with its article."""
    return f"{'an' if kind[:1] in 'AEIOU' else 'a'} {kind[:80]}"


def _package(cause: Raised) -> str:
    if cause.kind not in _ABSENT:
        return ""
    named = re.search(r"No module named '([\w.]+)'", cause.text)
    what = f" The package {named[1]} is not there" if named else " Something that it imports is not there"
    return f"{what} where this is graded; {PACKAGES} are."


def _instead(name: str, sources: Mapping[int, str]) -> str:
    """Say what is there instead, in the code's own words."""
    top, inside = _defined(sources)
    if name in inside:
        return f"it is defined inside of `{inside[name]}`. Move it out, to the left margin."
    if (found := _alike(name, top)) is not None:
        return f"no cell defines it, but one defines `{found}`. Is it misspelt?"
    return "no cell defines it."


def _alike(name: str, top: Sequence[str]) -> str | None:
    """The name among `top` that may be a slip of the pen for another one."""
    alike = difflib.get_close_matches(name.lower(), {found.lower() for found in top}, n=1, cutoff=0.75)
    return next((word for word in top if alike and word.lower() == alike[0]), None)


def _defined(sources: Mapping[int, str]) -> tuple[list[str], dict[str, str]]:
    """Return names of functions and classes at the left margin, and those inside of another one, with that one."""
    top: list[str] = []
    inside: dict[str, str] = {}
    for source in first_cells(sources.values()):
        tree = read_bounded(source)
        for node in tree.body if tree and len(top) < _MOST_NAMES else []:
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                top.append(node.name)
                for part in ast.walk(node):
                    if part is not node and isinstance(part, ast.FunctionDef | ast.ClassDef):
                        inside.setdefault(part.name, node.name)
    return top[:_MOST_NAMES], inside


def absent_package(text: str, sources: Mapping[int, str], abandoned: Mapping[int, Raised | ChildFailure]) -> str | None:
    """The package that should have bound the name that a NameError is about, where its import failed."""
    found = _LOST.search(text)
    packages: dict[str, str] = {}
    lost = (i for i, cause in abandoned.items() if isinstance(cause, Raised) and cause.kind in _ABSENT)
    for source in first_cells(sources.get(index, "") for index in lost):
        tree = read_bounded(source)
        for node in tree.body if tree else []:
            if isinstance(node, ast.Import | ast.ImportFrom):
                for alias in node.names:
                    module = (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
                    packages[alias.asname or alias.name.partition(".")[0]] = module.partition(".")[0]
    packages = {name: package for name, package in packages.items() if package not in _HERE}
    return packages.get(found[1]) if found and len(packages) <= MOST_UNBOUND else None


def lost_name(text: str, sources: Iterable[str]) -> str | None:
    """The name that a NameError is about, if it may be told: one of at most four that nothing in the code binds."""
    found = _LOST.search(text)
    unbound = unbound_names(tuple(sources)) if found else frozenset()
    return found[1] if found and found[1] in unbound and len(unbound) <= MOST_UNBOUND else None


@lru_cache(maxsize=8)
def unbound_names(sources: tuple[str, ...]) -> frozenset[str]:
    """Return global names that the code reads and never binds, counted without running it.

    A cell that can't be read here may bind whatever is named in it; of more text than is read here nothing is known.
    """
    read: set[str] = set()
    bound: set[str] = set()
    scopes = sum(len(_SCOPE.findall(source)) for source in sources)
    if scopes > _MOST_SCOPES or sum(map(len, sources)) > MOST_CHARACTERS:
        return frozenset()
    for source in sources:
        text = plain_text(source)
        try:
            table = symtable.symtable(text or "", "cell", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            text = None
        if text is None:
            bound.update(re.findall(r"\w+", source))
        elif _imports_all(source):
            return frozenset()  # what that binds is not known
        else:
            _read_table(table, read, bound)
    return frozenset(read - bound - _GIVEN)


def _imports_all(source: str) -> bool:
    tree = read_bounded(source) if "import" in source and "*" in source else None
    nodes = ast.walk(tree) if tree else ()
    return any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes)


def first_cells(sources: Iterable[str]) -> Iterable[str]:
    """Yield as many of the cells as are read for one message."""
    left = MOST_CHARACTERS
    for source in sources:
        left -= len(source)
        if left >= 0:
            yield source


def _read_table(table: symtable.SymbolTable, read: set[str], bound: set[str]) -> None:
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        is_global = top or symbol.is_global()
        if is_global and symbol.is_referenced():
            read.add(symbol.get_name())
        if is_global and (symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()):
            bound.add(symbol.get_name())
    for child in table.get_children():
        _read_table(child, read, bound)
