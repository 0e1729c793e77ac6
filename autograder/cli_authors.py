"""The commands for authors of a lesson: `verify`. Imports are kept inside, as in `cli`.

Exit codes of `verify`: 0 nothing to mend, 1 findings, 2 wrong usage or a course.yml that can't be read.
"""

from __future__ import annotations

from typing import Annotated

import typer

CLEAN, FINDINGS = 0, 1

Labs = Annotated[
    list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="Names or unique prefixes; default: all.")
]


def verify(
    assignments: Labs = None,
    rule: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this rule; may be repeated.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out the rules that grade solutions and stubs.")] = False,
) -> None:
    """Say what is wrong with the course itself: notebooks, suites, points, leaks, texts."""
    from rich.console import Console  # noqa: PLC0415

    from autograder.course import find_course  # noqa: PLC0415
    from autograder.verify.course import CourseView  # noqa: PLC0415
    from autograder.verify.run import choose, run, show  # noqa: PLC0415

    course = find_course()
    names = [course.assignment(prefix) for prefix in assignments or []]
    with CourseView(course, names) as view:
        report = run(view, choose(rule or [], quick=quick))
    show(report, Console(), len(view.names))
    raise typer.Exit(CLEAN if report.clean else FINDINGS)
