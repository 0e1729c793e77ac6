"""The command that measures the recogniser: `diagnose`. Imports are kept inside, as in `cli.main`."""

from __future__ import annotations

import functools
from typing import Annotated

import typer

from autograder.text import say


def diagnose(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="Names or unique prefixes; default: all.")
    ] = None,
    single: Annotated[int, typer.Option(min=0, help="So many mistakes of each lab, one at a time.")] = 40,
    pairs: Annotated[int, typer.Option(min=0, help="So many pairs of mistakes of each lab.")] = 20,
    seed: Annotated[int, typer.Option(help="Another seed draws another sample.")] = 0,
    store: Annotated[bool, typer.Option("--store", help="Store the figures beside each lab's suite.")] = False,
) -> None:
    """Hand in known mistakes written in other ways (renamed, reordered, split up), and count which are named."""
    import msgspec
    from rich.console import Console
    from rich.progress import track

    from autograder.authoring import diagnose as measuring
    from autograder.authoring.trials import Trials
    from autograder.course.settings import find_course
    from autograder.files import write_atomic
    from autograder.grading.warm_server import warm_server

    course, console = find_course(), Console(stderr=True)
    names = [course.assignment(prefix) for prefix in assignments or []] or list(course.settings.assignments)
    watch = functools.partial(track, console=console, transient=True, disable=not console.is_terminal)
    with warm_server(course, names) as server:
        for name in names:
            with Trials(course, name, server) as trials:
                table = measuring.measure(trials, single, pairs, seed, watch)
            say(*measuring.lines(table))
            if store:
                data = msgspec.json.format(msgspec.json.encode(table, order="sorted"), indent=1)
                write_atomic(measuring.table_path(course, name), data + b"\n")
