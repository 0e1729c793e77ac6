"""The cards of a student's page: in which order, what is told together, and what they may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import check, record
from parsed import Node, parse

from autograder.report.student_page import student_page

if TYPE_CHECKING:
    from autograder.record import Check, Record


def page(graded: Record) -> Node:
    """The page of a record, parsed."""
    return parse(student_page(graded))


def told(*checks: Check) -> list[str]:
    """The headings of a record's cards, in the page's order."""
    tree = page(record(*checks))
    return [
        node.text for node in tree.all("h2", "h3") if node.attrs["id"] == "first" or "check-" in str(node.attrs["id"])
    ]


def test_what_was_attempted_comes_before_what_is_untouched() -> None:
    """Then the notebook's order of tasks, and within a task what brings most."""
    stub = check("a.stub", "failed", message="not written yet", untouched=True)
    small, large = (check(f"b.{points}", "failed", message=f"{points}", max_points=points) for points in (1.0, 3.0))
    other = check("c.c", "failed", message="c", max_points=9.0)

    assert told(stub, small, large, other) == ["Title of b.3.0", "Title of b.1.0", "Title of c.c", "Title of a.stub"]


def test_points_that_hang_on_a_card_count_what_was_skipped_with_it() -> None:
    """Up to so many: its own, and those of the checks under it."""
    tree = page(record(check("a.a", "failed", message="a"), check("a.b", "skipped", cause="a.a", max_points=7.0)))

    assert "Fixing this can bring up to 9 points." in tree.labelled("first").text


def test_same_mistake_in_three_checks_is_one_card() -> None:
    """It is told once, with the names of the others, and all that it costs."""
    same = [check(f"a.{n}", "failed", message="It shuffles.", hint="Do not.", mistake="shuffled") for n in "abc"]
    tree = page(record(*same, check("a.d", "failed", message="It shuffles.", hint="Do not.", mistake="another")))

    assert told(*same) == ["Title of a.a"]
    assert "The same in: Title of a.b; Title of a.c." in tree.labelled("first").text
    assert "up to 6 points" in tree.labelled("first").text
    assert len(tree.all("article")) == 1


def test_something_to_try_next_at_full_marks_only() -> None:
    """The course's words, where everything passes."""
    full = page(record(check("a.a"), afterwards="try 60 steps.")).text

    assert "Something to try next: try 60 steps." in full
    assert "try 60" not in page(record(check("a.a", "failed"), afterwards="try 60 steps.")).text
