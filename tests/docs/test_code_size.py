"""`code_size.py`: nothing of ours is too large or stands twice, and the script would say so."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SIX = "".join(f"    total = total * {number} + offset\n" for number in range(6))


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """What the script defines."""
    return runpy.run_path(str(ROOT / "tests" / "docs" / "code_size.py"))


def test_nothing_is_too_large_or_stands_twice(script: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """Files, functions and six lines in a row, over the whole repository."""
    assert script["main"]() == 0, capsys.readouterr().out
    assert "runs of 6 lines that stand twice: 0" in capsys.readouterr().out


def test_six_lines_that_stand_twice_are_named(script: dict[str, Any]) -> None:
    """Both places, once for a run of any length; text of several lines and imports are no run."""
    folder = ROOT / "build_of_a_test"
    first, second = folder / "a.py", folder / "b.py"
    texts = {first: f"def f():\n{SIX}    more = 1\n", second: f"import a\n\ndef g():\n{SIX}    more = 1\n"}
    text = '"""' + "a line of a table\n" * 9 + '"""\n'
    reading = {path: body + text for path, body in texts.items()}

    script["repeated"].__globals__["_read"] = reading.__getitem__

    assert script["repeated"]([first, second]) == ["build_of_a_test/a.py:2 ~ build_of_a_test/b.py:4"]
