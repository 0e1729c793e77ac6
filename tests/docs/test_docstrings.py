"""The engine's docstrings can be read alone: each begins with a verb or a noun phrase, and says something."""

from __future__ import annotations

import ast
from pathlib import Path

ENGINE = Path(__file__).parents[2] / "autograder"
CLAUSES = {"As", "By", "From", "How", "In", "Of", "That", "Until", "What", "When", "Where", "Whether", "Which"}
CLAUSES |= {"Who", "Whom", "Whose", "Why"}
"""Words that begin a piece of a sentence: a reader has to guess the rest of it."""
FEWEST = 3


def unclear(source: str) -> list[str]:
    """The docstrings in a text that begin with a clause or are too short, by line; those of magic methods may."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        name = getattr(node, "name", "")
        words = (ast.get_docstring(node) or "").partition("\n")[0].split()
        magic = name.startswith("__") and name.endswith("__")
        if words and not magic and (len(words) < FEWEST or words[0].rstrip(",:;") in CLAUSES):
            found.append(f"line {getattr(node, 'lineno', 1)}: {' '.join(words)}")
    return found


def test_engine_is_clear() -> None:
    """Every docstring of the engine, but not those of suites, whose checks have titles for docstrings."""
    paths = [path for path in sorted(ENGINE.rglob("*.py")) if "suites" not in path.relative_to(ENGINE).parts]

    assert len(paths) > 100
    assert [f"{path.name}, {found}" for path in paths for found in unclear(path.read_text(encoding="utf-8"))] == []


def test_unclear_ones_are_named() -> None:
    """One that begins with a clause, one of two words, and none of a magic method."""
    clear = 'class Sum:\n    """The sum of numbers."""\n\n    def __len__(self):\n        """How many."""\n'
    poor = '"""What it does."""\n\n\ndef add():\n    """It is."""\n'

    assert unclear(clear) == []
    assert unclear(poor) == ["line 1: What it does.", "line 4: It is."]
