"""The command line. Imports are kept inside the commands, so that `--help` answers at once.

Exit codes: 0 every submission has its report; 1 at least one could not be graded for a reason that is not the
student's (in `check`: a check fails); 2 wrong usage or configuration; 3 in `check`: we failed.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from autograder.cli import authors, calibrate, diagnose, reports
from autograder.cli.exit_codes import NOT_GRADED, OK, OUR_FAULT, WRONG_USAGE, said
from autograder.errors import StoppedError, UsageError
from autograder.text import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor

    from autograder.grading.batch import Batch


app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Grade a course's labs: hidden tests on this side, students' code in a sandbox.",
)

NoSandbox = Annotated[
    bool, typer.Option("--no-sandbox", help="Run students' code without confinement; every report says so.")
]


def _version(wanted: bool) -> None:
    if wanted:
        from autograder.version import VERSION

        say(f"autograder {VERSION}")
        raise typer.Exit(OK)


@app.callback()
def _options(
    _wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Nothing but the options that come before a command."""


@app.command()
def grade(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="Names or unique prefixes; default: all.")
    ] = None,
    submitted: Annotated[Path, typer.Option(help="One folder per student.")] = Path("submitted"),
    results: Annotated[Path, typer.Option(help="Where records and pages go.")] = Path("results"),
    student: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this student; may be repeated.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that grade at once; default: one per core.")] = (
        os.cpu_count() or 1
    ),
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Grade on the workers of this Dask scheduler, not here.")
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="Only share I of N, for batch systems; then `report`.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
    no_sandbox: NoSandbox = False,
) -> None:
    """Grade a folder of submissions."""
    from autograder.course.settings import find_course
    from autograder.grading.batch import Batch
    from autograder.grading.shard import Shard

    course = find_course()
    chosen = [course.assignment(prefix) for prefix in assignments or []] or None
    batch = Batch(
        course=course,
        submitted=submitted,
        results=results,
        assignments=sorted(set(chosen)) if chosen else _handed_in(course.settings.assignments, submitted),
        only=student or [],
        force=force,
        sandbox=not no_sandbox,
        shard=Shard.parse(shard) if shard is not None else None,
    )
    _refuse_without_sandbox(batch.sandbox and cluster is None)  # a cluster's workers are asked, each for itself
    raise typer.Exit(_graded(batch, jobs, cluster))


def _handed_in(assignments: Iterable[str], submitted: Path) -> list[str]:
    """The assignments for which anything was handed in; all of them where that can't be said."""
    found = [name for name in assignments if next(submitted.glob(f"*/{name}"), None) is not None]
    return found or list(assignments)


def _refuse_without_sandbox(sandbox: bool) -> None:
    from autograder.sandbox.confinement.policy import require

    if sandbox:
        require()


def _graded(batch: Batch, jobs: int, cluster: str | None) -> int:
    from rich.console import Console

    from autograder.record import Status
    from autograder.report.terminal import class_table
    from autograder.report.wording import who

    pending, kept = batch.plan()
    batch.prepare()
    _say_beforehand(batch, jobs if pending and cluster is None else 0)
    stopped = _run(batch, pending, _executors(batch, jobs, len(pending), cluster))
    tables = {name: batch.tabulate(name) for name in batch.assignments}  # all is written before anything is printed
    console = Console()
    for name, records in tables.items():
        if records or batch.shard is None:
            console.print(class_table(records))
        if absent := batch.absent.get(name):
            say(f"on the roster, and without a folder: {', '.join(who(person.id, person.name) for person in absent)}")
        say(f"pages and records: {batch.results / name}{os.sep}")
    if batch.shard:
        say(f"share {batch.shard.number} of {batch.shard.parts}; when all are graded: `autograder report` for tables")
    if kept:
        say(f"unchanged since the last run, not graded again: {len(kept)} (--force grades all)")
    for (name, student), why in batch.failed.items():
        say(f"{student}, {name}: not graded again, the earlier record stands: {why}", err=True)
    for line in filter(None, (batch.left_out(), stopped)):
        say(line, err=True)
    failed = any(record.status is Status.GRADER_ERROR for records in tables.values() for record in records)
    return NOT_GRADED if failed or stopped or batch.failed else OK


def _say_beforehand(batch: Batch, jobs: int) -> None:
    """Say what this machine has too little of for `jobs` workers, and if anybody can work out the hidden inputs."""
    from autograder.course import secret
    from autograder.grading import machine

    for line in machine.examine(batch.course.settings.limits.for_sandbox(), jobs) if jobs else ():
        say(f"autograder: {line}", err=True)
    if batch.course.has_public_secret:
        say(f"autograder: {secret.PUBLIC}", err=True)


def _run(batch: Batch, pending: list[tuple[str, str]], make: Callable[[], Executor]) -> str:
    """Grade, and show how it goes; returns why it stopped before the end, if it did."""
    from autograder.grading.progress import Progress
    from autograder.report import plots

    if not pending:
        return ""
    plots.warm_up()
    begun = time.time()
    with Progress(len(pending)) as progress:
        try:
            batch.run(make, pending, progress.done, progress.waiting)
        except KeyboardInterrupt:  # it may have come between a record and its being counted
            left = batch.missing(pending, begun)
            return f"stopped: {left} not graded; run the same command again to go on" if left else ""
        except StoppedError as error:
            return f"autograder: {error} ({batch.missing(pending, begun)} not graded)"
    return ""


def _executors(batch: Batch, jobs: int, pending: int, cluster: str | None) -> Callable[[], Executor]:
    """Return what makes the workers: a cluster's, this process alone, or several of this machine."""
    if cluster is not None:
        try:
            from autograder.grading.dask_client import ClusterPool
        except ModuleNotFoundError as error:
            raise UsageError(
                f"--cluster needs dask.distributed ({error}): pip install 'lstm-gru-autograder[cluster]'"
            ) from error
        return lambda: ClusterPool(batch.course, cluster, batch.assignments, sandbox=batch.sandbox)
    from autograder.grading import local_workers

    return local_workers.local(
        batch.course, jobs=jobs, pending=pending, sandbox=batch.sandbox, assignments=batch.assignments
    )


@app.command(short_help="Grade one submission and print what was found.")
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A notebook or .py file, named after its assignment.")],
    assignment: Annotated[
        str | None, typer.Option(help="The assignment, where the file's name does not say it.")
    ] = None,
    no_sandbox: NoSandbox = False,
) -> None:
    """Grade one submission and print what was found; nothing is written."""
    from rich.console import Console

    from autograder.course.settings import find_course
    from autograder.record import CheckStatus, Status
    from autograder.report.terminal import check_table

    course = find_course()
    if not file.is_file():
        raise UsageError(f"no file {file}: give the path of a notebook or a .py file")
    name = course.assignment(assignment) if assignment else course.named_after(file)
    _refuse_without_sandbox(not no_sandbox)
    from autograder.grading.grader import Grader

    with Grader(course, sandbox=not no_sandbox, assignments=[name]) as grader:
        record = grader.grade_file(file, file.resolve().parent.parent.name, name)
    Console().print(check_table(course.label(record)))
    if record.status is Status.GRADER_ERROR:
        raise typer.Exit(OUR_FAULT)
    passed = record.status is Status.GRADED and all(c.status is CheckStatus.PASSED for c in record.checks)
    raise typer.Exit(OK if passed else NOT_GRADED)


@app.command(short_help="Put the dates of course.yml into nbgrader's gradebook.")
def due(
    gradebook: Annotated[
        str | None, typer.Option(metavar="DB", help="File or URL; default: what nbgrader_config.py says.")
    ] = None,
) -> None:
    """Put the due dates and extensions of course.yml into nbgrader's gradebook, and compute late penalties again."""
    from autograder.course.settings import find_course
    from autograder.nbgrader.late_policy import gradebook_of, put_dates

    course = find_course()
    if not (found := list(put_dates(course, *gradebook_of(course, gradebook)))):
        raise UsageError(f"no assignment in {course.root / 'course.yml'} has a due date: write it there as `due: ...`")
    for dates in found:
        own = "".join(f"; {student} until {until}" for student, until in sorted(dates.extensions.items()))
        say(f"{dates.assignment}: due {dates.due}{own}")
        if dates.changed:
            say(f"  late penalty changed: {', '.join(dates.changed)}")


app.command()(reports.report)
app.command(short_help="Write the scores in the form that another system takes.")(reports.export)
app.command()(authors.init)
app.command(short_help="Say what is wrong with the course itself.")(authors.verify)
app.command(short_help="Make a lab of one function, ready to be written over.")(authors.new)
app.command(short_help="Hand in each catalogued mistake, and say what comes of it.")(authors.mistakes)
app.command(short_help="List changes of the solutions that no check notices.")(authors.mutants)
app.command(short_help="Make the secret that hidden inputs are drawn with.")(authors.secret)
app.command(short_help="Pack assignments/ as a zip for students, without leaks.")(authors.handout)
app.command(short_help="Measure what each threshold of course.yml is worth.")(calibrate.calibrate)
app.command(short_help="Measure how well mistakes are recognised.")(diagnose.diagnose)


@app.command(short_help="Say what this machine offers, and try its sandbox.")
def doctor(
    jobs: Annotated[int, typer.Option(min=1, help="Processes that would grade at once.")] = os.cpu_count() or 1,
) -> None:
    """Say what this machine offers, whether it keeps what course.yml promises, and try to break the sandbox."""
    from autograder.cli.doctor import examine
    from autograder.course import secret
    from autograder.course.settings import find_course
    from autograder.sandbox.protocol import Limits

    limits, public = Limits(), False
    with contextlib.suppress(UsageError):  # no course here: then as if course.yml said nothing of limits
        course = find_course()
        limits, public = course.settings.limits.for_sandbox(), course.has_public_secret
    good = examine(limits, jobs)
    if public:
        say(secret.PUBLIC)
    raise typer.Exit(OK if good else NOT_GRADED)


def run(main: Callable[[], object] = app) -> NoReturn:
    """Run the command line: whatever goes wrong is one message, and its kind an exit code."""
    from autograder.cli import standard_streams

    atexit.register(gc.freeze)  # with torch or matplotlib there, a last search for garbage takes up to half a second
    out = standard_streams.be_patient()
    told = ""
    try:
        main()
        code = OK
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else OK if end.code is None else WRONG_USAGE
    except KeyboardInterrupt:
        told, code = "stopped", NOT_GRADED
    except Exception as error:  # whatever it is: one line, and the details in a file
        told, code = said(error)
    if told:
        say(*f"autograder: {told}".split("\n"), err=True)
    if words := standard_streams.unread(out):
        say(f"autograder: {words}", err=True)
        code = code or (OK if sys.argv[1:2] == ["grade"] else NOT_GRADED)
    sys.exit(code)
