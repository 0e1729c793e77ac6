"""The commands for authors, from `init` to `handout`. Imports are kept inside, as in `cli.main`.

Exit codes: 0 nothing to fix, 1 findings, 2 wrong usage or a course.yml that can't be read.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

import typer

from autograder.errors import UsageError
from autograder.text import say

CLEAN, FINDINGS = 0, 1

Labs = Annotated[
    list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="Names or unique prefixes; default: all.")
]


def verify(
    assignments: Labs = None,
    rule: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this rule; may be repeated.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Leave out the rules that grade solutions and stubs.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Try the whole suite and all mutants: takes minutes.")] = False,
) -> None:
    """Say what is wrong with the course itself: notebooks, suites, points, leaks, texts."""
    from rich.console import Console

    from autograder.authoring.verify.labs import CourseView
    from autograder.authoring.verify.linter import rules_to_run, run, show
    from autograder.course.secret import PUBLIC
    from autograder.course.settings import find_course

    course = find_course()
    names = [course.assignment(prefix) for prefix in assignments or []]
    with CourseView(course, names, full=full) as view:
        report = run(view, rules_to_run(rule or [], quick=quick))
    show(report, Console(), len(view.names))
    if course.has_public_secret:
        say(PUBLIC, err=True)
    raise typer.Exit(CLEAN if report.clean else FINDINGS)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The lab's name, as in lab5_plain_rnn.")],
    function: Annotated[str, typer.Option(metavar="NAME", help="The function that students write.")] = "answer",
    title: Annotated[str | None, typer.Option(help="The lab's title for students; default: its name.")] = None,
) -> None:
    """Make a lab of one function and one check with its hints, ready to be written over."""
    from autograder.authoring.new_lab.lab import make_lab
    from autograder.course.settings import find_course

    course = find_course()
    for path in make_lab(course, name, function, title or name):
        say(str(path.relative_to(course.root)))
    say(f"next: `autograder verify {name}`; then write your lab over it, as docs/author.md says")


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is new or empty.")],
    title: Annotated[str | None, typer.Option(help="The course's title; default: the folder's name.")] = None,
    timezone: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="The zone of its dates, as in Europe/Berlin; default: this machine's."),
    ] = None,
) -> None:
    """Make the folder of a new course, with a first lab that works."""
    from autograder.authoring.new_course import local_zone, make_course

    zone = timezone or local_zone()
    for path in make_course(folder, title or folder.resolve().name, zone):
        typer.echo(folder / path)
    typer.echo(f"its dates are in the time zone {zone}: `timezone` in course.yml")
    typer.echo("next: read its README.md; in the folder, `autograder doctor` and `autograder verify`")


def secret() -> None:
    """Make the secret that hidden inputs are drawn with, for the course of this folder; one that is there stays."""
    from autograder.course.secret import FILE, make_secret
    from autograder.course.settings import root_around

    folder = root_around(Path.cwd()) or Path.cwd()
    try:
        say(f"made {make_secret(folder)}: keep a copy where the course is kept, and out of what you publish")
    except FileExistsError:
        say(f"{folder / FILE} is there already, and stays")
    except OSError as error:
        raise UsageError(f"can't write {folder / FILE}: {error.strerror}; make the folder writable") from error


def handout(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The zip to write.")],
) -> None:
    """Pack assignments/ as a zip for students, looked through for solutions, tests and the course's secret."""
    from rich.console import Console

    from autograder.authoring.handout import hand_out
    from autograder.course.settings import find_course

    if not (files := hand_out(find_course(), file, Console())):
        raise typer.Exit(FINDINGS)
    say(f"{file}: {files} files, nothing of solutions or suites")


def mistakes(
    assignments: Labs = None,
    pairs: Annotated[int, typer.Option(min=0, help="Try a sample of so many pairs of mistakes too.")] = 0,
    slips: Annotated[bool, typer.Option("--slips", help="Try every small change of the solutions too.")] = False,
    keep: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep outcomes here: an interrupted run continues.")
    ] = None,
    costs: Annotated[bool, typer.Option("--costs", help="Print only what each mistake costs and zeros earn.")] = False,
) -> None:
    """Hand in each mistake of the catalogues: what it costs, what it is told, what the visible check says of it."""
    from rich.console import Console
    from rich.progress import track

    from autograder.authoring import costs as prices
    from autograder.authoring.trial_report import Report
    from autograder.authoring.trial_store import TrialStore
    from autograder.authoring.trials import Trials
    from autograder.course.settings import find_course
    from autograder.grading.fingerprint import for_assignment
    from autograder.grading.warm_server import warm_server

    course, console, clean = find_course(), Console(stderr=True), True
    names = [course.assignment(prefix) for prefix in assignments or []] or list(course.settings.assignments)
    watch = functools.partial(track, console=console, transient=True, disable=not console.is_terminal)
    with warm_server(course, names) as server:
        for name in names:
            with Trials(course, name, server) as trials:
                if costs:
                    typer.echo("\n".join(prices.lines(trials, watch)))
                    continue
                kept = TrialStore(keep, for_assignment(course, name, sandbox=True))
                found = Report.of(trials, kept, most_pairs=pairs, with_slips=slips, watch=watch)
            clean &= found.clean
            say(*found.lines())
    raise typer.Exit(CLEAN if clean else FINDINGS)


def mutants(
    assignments: Labs = None,
    sample: Annotated[int | None, typer.Option(min=1, help="Try so many of each lab, always the same ones.")] = None,
) -> None:
    """Change the solutions in every small way, and list the changes that no check of the suite notices."""
    from autograder.authoring.mutants.survivors import lines, tally
    from autograder.course.settings import find_course
    from autograder.grading.warm_server import warm_server

    course = find_course()
    clean = True
    names = [course.assignment(prefix) for prefix in assignments or []] or list(course.settings.assignments)
    with warm_server(course, names) as server:
        for name in names:
            found = tally(course, name, server, sample=sample)
            clean &= found.clean
            say(*lines(found))
    raise typer.Exit(CLEAN if clean else FINDINGS)
