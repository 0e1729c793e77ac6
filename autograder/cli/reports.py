"""The commands that read results: `report` and `export`. Imports are kept inside, as in `cli.main`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.text import say

if TYPE_CHECKING:
    from autograder.export.formats import Exported

Submitted = Annotated[Path, typer.Option(help="One folder per student; records of others are left out and named.")]
Results = Annotated[Path, typer.Option(help="Where `autograder grade` put records and pages.")]
Assignments = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ASSIGNMENT]...", help="Names or unique prefixes; default: all with results."),
]
Output = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The file to write; has a name by default. prairielearn: FILE.csv for a table."),
]
Into = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="The file downloaded from Canvas, Moodle, Blackboard or Brightspace, to be filled in."
    ),
]


def report(
    assignments: Assignments = None,
    results: Results = Path("results"),
    submitted: Submitted = Path("submitted"),
    against: Annotated[
        Path | None, typer.Option(metavar="OLD_RESULTS", help="Say whose score differs from an older results folder.")
    ] = None,
) -> None:
    """Write the class report and print its short form."""
    from rich.console import Console

    from autograder.course.settings import find_course
    from autograder.report import store as stored
    from autograder.report.terminal import short_report

    course = find_course()
    console = Console()
    found: list[stored.Present] = []
    for name in stored.assignments(course, results, assignments):
        found.append(stored.Present(submitted))
        kept, summary = stored.gather(course, found[-1].of(stored.records(results, name)), name)
        changes = stored.compare(results, against, name) if against else None
        stored.write_tables(course, results, kept, summary, changes)
        console.print(name, style="bold", markup=False, highlight=False)
        console.print(short_report(summary, changes))
        say(f"the whole report: {results / name / 'report.html'}", "")
    if left_out := stored.said(found):
        say(left_out, err=True)


def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT", help="csv, canvas, moodle, blackboard, brightspace, gradescope, prairielearn, coursera."
        ),
    ],
    assignments: Assignments = None,
    results: Results = Path("results"),
    submitted: Submitted = Path("submitted"),
    output: Output = None,
    into: Into = None,
    gradebook: Annotated[
        Path | None, typer.Option(metavar="DB", help="nbgrader's gradebook.db, to add the marks given by hand.")
    ] = None,
    automatic_only: Annotated[
        bool, typer.Option("--automatic-only", help="Leave written answers out, in the maximum too.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="With --into: leave a grade that is there already, and name it.")
    ] = False,
    no_sandbox: Annotated[
        bool,
        typer.Option("--no-sandbox", help="gradescope: make it for a host without Landlock; every report says so."),
    ] = False,
) -> None:
    """Write the scores, or an autograder, in the form that another system takes."""
    from autograder.course.settings import find_course
    from autograder.errors import UsageError
    from autograder.export import formats
    from autograder.report.store import Present, said

    course = find_course()
    if form not in formats.FORMATS:
        raise UsageError(f"no format {form!r}: give one of {', '.join(formats.FORMATS)}")
    if no_sandbox and form != "gradescope":
        raise UsageError("--no-sandbox is for gradescope: the other formats run nothing")
    present = Present(submitted)
    if form == "gradescope":
        from autograder.export.gradescope.pack import pack

        (name,) = formats.one_of(sorted({course.assignment(prefix) for prefix in assignments or [""]}), form)
        found = pack(course, name, sandbox=not no_sandbox)
    else:
        source = formats.ExportSource(results, gradebook, automatic_only, present)
        single = output is not None and output.suffix == ".json" and form in {"prairielearn", "coursera"}
        found = (
            formats.export_one(course, form, assignments, source)
            if single
            else formats.export(course, form, assignments, source, into, keep=keep, table=_is_table(form, output))
        )
    output = formats.output_for(form, output, into)
    formats.write(output, found.data)
    _say(found, output, "" if form == "gradescope" else said([present]))


def _is_table(form: str, output: Path | None) -> bool:
    """Tell whether PrairieLearn's table is meant, not the results of its autograder."""
    return form == "prairielearn" and output is not None and output.suffix == ".csv"


def _say(found: Exported, output: Path, absent: str) -> None:
    """Print what was written and who is not in it, and end with 1 where somebody is not."""
    for note in found.notes:
        say(note)
    say(str(output))
    if absent:
        say(absent, err=True)
    if found.ungraded:
        say(f"without a score, and the fault is ours: {', '.join(found.ungraded)}", err=True)
    if found.left_out:
        say(f"left out: {', '.join(found.left_out)}", err=True)
    for line in found.nothing:
        say(line, err=True)
    if found.ungraded or found.left_out or found.nothing:
        raise typer.Exit(1)
