"""The package stands in folders that import in one direction: what is named first may import what is named after it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
RANKS = (
    {"__main__"},
    {"cli"},
    {"authoring"},
    {"nbgrader", "export"},
    {"grading"},
    {"suite", "report"},
    {"course"},
    {"errors", "files", "record", "text", "version"},
    {"sandbox"},
)
BELOW = {"errors": set(), "text": set(), "version": set(), "record": set(), "files": {"sandbox"}, "sandbox": set()}
"""What those at the bottom may import of the package beside themselves."""


def modules() -> dict[str, Path]:
    """Every module of the engine by its dotted name; this course's suites are none of it."""
    found = {}
    for path in sorted((ROOT / "autograder").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[:2] != ("autograder", "suites"):
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imports() -> dict[str, set[str]]:
    """What each module imports of the engine, wherever in it, for types too; packages alone are not counted."""
    known = modules()
    found: dict[str, set[str]] = {}
    for name, path in known.items():
        found[name] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                named = [f"{node.module}.{alias.name}" for alias in node.names]
                found[name] |= {full if full in known else node.module for full in named} & known.keys()
            elif isinstance(node, ast.Import):
                found[name] |= {alias.name for alias in node.names} & known.keys()
    return found


def folder(name: str) -> str:
    """The folder, or the module at the top, that a module stands in."""
    return [*name.split("."), ""][1]


def test_every_folder_has_its_rank() -> None:
    """A new folder is put where it belongs before anything imports it."""
    assert {folder(name) for name in modules()} - {""} == set().union(*RANKS)


def test_nothing_imports_upward() -> None:
    """Nor sideways: folders of one rank know nothing of each other."""
    rank = {name: number for number, names in enumerate(RANKS) for name in names}
    wrong = [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if folder(name) and folder(other) and folder(name) != folder(other)
        if rank[folder(other)] <= rank[folder(name)] and folder(name) not in BELOW
    ]
    wrong += [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if folder(name) in BELOW and folder(other) not in {folder(name), "", *BELOW[folder(name)]}
    ]

    assert not wrong


def test_there_are_no_circles() -> None:
    """Modules can be put into one order in which each imports only earlier ones."""
    rest = {name: others - {name, "autograder"} for name, others in imports().items()}
    while free := {name for name, others in rest.items() if not others & rest.keys()}:
        rest = {name: others for name, others in rest.items() if name not in free}

    assert not rest


def test_suites_of_the_engine_import_one_module() -> None:
    """This course's suites and their helpers: `autograder.suite`, and nothing else of the engine."""
    for path in sorted((ROOT / "autograder" / "suites").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
        names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}

        assert {name for name in names if name.split(".")[0] == "autograder"} <= {"autograder.suite"}, path.name


def test_exceptions_are_two_trees() -> None:
    """Only the two bases derive from `Exception` itself; `_Blocked` is pytest's own control flow, and no error."""
    roots = [
        f"{name}.{node.name}"
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if isinstance(base, ast.Name) and base.id in {"Exception", "BaseException"}
    ]

    assert roots == [
        "autograder.errors.KitError",
        "autograder.sandbox.errors.SandboxError",
        "autograder.suite.plugin._Blocked",
    ]
