"""The architecture page names files that are there, and what it says of imports is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "architecture.md"
CONTENT = "autograder.suites"  # a lesson's own, of which the engine knows nothing


def imported(file: Path) -> set[str]:
    """The modules of this package that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name for name in names if name.split(".")[0] == "autograder"}


def test_every_named_file_is_there() -> None:
    """A newcomer who follows the page finds what it promises."""
    names = set(re.findall(r"`((?:autograder|nbgrader|export|report|sandbox|suite|docs)/[\w/.]*)`", PAGE.read_text()))

    assert len(names) > 20
    for name in names:
        assert (ROOT / name).exists() or (ROOT / "autograder" / name).exists(), name


def test_sandbox_imports_nothing_from_outside_itself() -> None:
    """It runs in the warm server, which must hold nothing secret."""
    for file in (ROOT / "autograder" / "sandbox").rglob("*.py"):
        outside = {name for name in imported(file) if not name.startswith("autograder.sandbox")}

        assert not outside, file.name


def test_engine_imports_no_lesson() -> None:
    """Suites are reached by path and by pytest, never by name."""
    for file in (ROOT / "autograder").rglob("*.py"):
        if not {"suites"} & set(file.parts):
            assert not {name for name in imported(file) if name.startswith(CONTENT)}, file.name


def test_package_points_to_the_page() -> None:
    """`autograder/__init__.py` names it."""
    assert "`docs/architecture.md`" in (ROOT / "autograder" / "__init__.py").read_text(encoding="utf-8")
