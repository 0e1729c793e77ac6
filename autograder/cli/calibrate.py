"""The command that says what thresholds are worth: `calibrate`. Imports are kept inside, as in `cli.main`."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.text import say


def calibrate(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ASSIGNMENT]...", help="Names or unique prefixes; default: all that have thresholds."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Run nothing; say what the stored runs are worth.")] = False,
    runs: Annotated[
        int | None, typer.Option(min=1, help="Runs of right work per threshold; default: 37,000, which takes hours.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this threshold; may be repeated.")
    ] = None,
    choose: Annotated[
        bool, typer.Option("--choose", help="Print the starts and data that suit best, for the lesson's author.")
    ] = False,
) -> None:
    """Measure how often each threshold fails right work and passes wrong work, and store it.

    Goes on where an earlier run was stopped. Exit code 1 if what is stored does not support course.yml.
    """
    from rich.console import Console

    from autograder.authoring import calibration
    from autograder.course.settings import find_course
    from autograder.errors import UsageError

    if check and (choose or runs or only):
        raise UsageError("--check looks at all that is stored: leave --choose, --runs and --only out")
    if choose and runs:
        raise UsageError("--choose has runs of its own: leave --runs out")
    course = find_course()
    names = [course.assignment(prefix) for prefix in assignments or []]
    console = Console(soft_wrap=True)
    try:
        if check:
            code = calibration.check(course, names, console)
        elif choose:
            code = calibration.choose(course, names, console, only=only or [])
        else:
            code = calibration.calibrate(course, names, console, runs=runs or calibration.RUNS, only=only or [])
    except KeyboardInterrupt:
        say("stopped; what was measured is stored, and the same command goes on from there", err=True)
        code = 1
    raise typer.Exit(code)
