"""The figures of the recogniser that the docs quote are those that are stored."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from autograder.authoring.diagnose import Table, table_path
from autograder.course.settings import find_course

COURSE = find_course(Path(__file__).parent)
DOCS = (COURSE.root / "docs" / "instructor.md").read_text(encoding="utf-8")
STORED = [lab for lab in COURSE.settings.assignments if table_path(COURSE, lab).is_file()]


@pytest.mark.parametrize("lab", STORED)
def test_quoted_figures_are_the_stored_ones(lab: str) -> None:
    """After `autograder diagnose --store` the line of that lab has to be written again."""
    table = msgspec.json.decode(table_path(COURSE, lab).read_bytes(), type=Table)
    line = re.search(rf"^\| `{lab}` \|(.*)\|$", DOCS, re.MULTILINE)
    single, pairs = table.single, table.pairs

    assert line is not None
    assert [cell.strip() for cell in line[1].split("|")] == [
        f"{single.right} of {single.named}",
        f"{single.told} of {single.made}",
        f"{pairs.right} of {pairs.named}",
        f"{pairs.told} of {pairs.made}",
    ]


def test_four_labs_are_stored() -> None:
    """None is left out in silence."""
    assert len(STORED) >= 4
