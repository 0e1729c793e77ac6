"""`autograder calibrate`: measure what the thresholds are worth, store it, and say whether it supports `course.yml`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table as Grid

from autograder.authoring.calibration_runs import (
    Counts,
    Table,
    Threshold,
    can_calibrate,
    experiments_of,
    interval,
    load_table,
    table_path,
    versions,
)
from autograder.errors import UsageError
from autograder.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.course.settings import Course
    from autograder.suite.experiments import Experiment, Outcome, Runs

RUNS = 37_000
"""Without a failure, a two-sided 95 % interval then ends below 1 in 10,000 (3.69 / runs)."""
_STORE_SECONDS = 60
MOST_CORRECT_FAIL = 1e-4
MOST_WRONG_PASS = 0.02
"""Upper ends of the 95 % intervals with which a threshold counts as supported."""


def calibrate(
    course: Course, assignments: Sequence[str], console: Console, *, runs: int = RUNS, only: Sequence[str] = ()
) -> int:
    """Measure the thresholds (all, or those named in `only`) of the assignments that have any, store and print them.

    Runs that are stored already, of the same versions and conditions, count. Returns 0 if what is stored now
    supports `course.yml`, else 1.
    """
    with _progress() as progress:
        for assignment, name, experiment in _chosen(course, assignments, only):
            _measure(course, assignment, name, experiment, runs, progress=progress)
    return check(course, assignments, console)


def check(course: Course, assignments: Sequence[str], console: Console) -> int:
    """Print the stored tables and whether they still support the thresholds in `course.yml`: 0 if they do, else 1."""
    reasons: list[str] = []
    for assignment in _calibrated(course, assignments):
        thresholds = course.settings.thresholds.get(assignment, {})
        table = load_table(course, assignment)
        if table is not None:
            console.print(_grid(table, thresholds))
        reasons += unsupported(assignment, table, thresholds, experiments_of(course, assignment))
    for reason in reasons:
        console.print(f"[red]✗[/] {reason}", highlight=False)
    if not reasons:
        console.print("[green]✓[/] the stored calibration supports every threshold in course.yml", highlight=False)
    return 1 if reasons else 0


def choose(course: Course, assignments: Sequence[str], console: Console, *, only: Sequence[str] = ()) -> int:
    """Print the pools that the present versions suggest, for an author to put into the lesson's module."""
    for assignment, name, experiment in _chosen(course, assignments, only):
        console.print(f"{assignment} {name}: {', '.join(str(tuple(entry)) for entry in experiment.choose())}")
    return 0


def unsupported(
    assignment: str, table: Table | None, thresholds: dict[str, float], experiments: dict[str, Experiment]
) -> list[str]:
    """Say why the table does not support the thresholds: fact, place, fix. Empty if it does."""
    again = "run `autograder calibrate`"
    if table is None:
        return [f"{assignment}: no calibration is stored; {again}"]
    reasons = []
    if table.versions != versions():
        reasons.append(f"{assignment}: measured with {table.versions}, installed is {versions()}; {again}")
    reasons += [
        f"{assignment}.{name}: course.yml has no such threshold; add it under `thresholds:`"
        for name in sorted(set(experiments) - set(thresholds))
    ]
    for name, value in thresholds.items():
        if name not in experiments:
            reasons.append(f"{assignment}.{name}: the suite has no such threshold; take it out of course.yml")
        elif name not in table.thresholds:
            reasons.append(f"{assignment}.{name}: not measured; {again}")
        else:
            reasons += _doubts(f"{assignment}.{name}", table.thresholds[name], value, experiments[name])
    return reasons


def _doubts(name: str, measured: Threshold, value: float, experiment: Experiment) -> list[str]:
    if msgspec.to_builtins(experiment.conditions) != measured.conditions:
        return [f"{name}: measured under other conditions than the suite's; run `autograder calibrate`"]
    doubts = []
    fails, passes = interval(*measured.correct_fails(value))[1], interval(*measured.wrong_passes(value))[1]
    if fails > MOST_CORRECT_FAIL:
        doubts.append(
            f"{name}: at {value:g} up to {fails:.2g} of correct work may fail, more than {MOST_CORRECT_FAIL:g}; "
            f"lower the threshold in course.yml, or calibrate with more runs"
        )
    if passes > MOST_WRONG_PASS:
        doubts.append(
            f"{name}: at {value:g} up to {passes:.2g} of wrong work may pass, more than {MOST_WRONG_PASS:g}; "
            f"raise the threshold in course.yml"
        )
    return doubts


def _calibrated(course: Course, assignments: Sequence[str]) -> list[str]:
    """The assignments asked for, or all that have experiments or thresholds: these need experiments."""
    names = assignments or list(course.settings.assignments)
    return [n for n in names if assignments or can_calibrate(course, n) or course.settings.thresholds.get(n)]


def _chosen(course: Course, assignments: Sequence[str], only: Sequence[str]) -> list[tuple[str, str, Experiment]]:
    """The experiments named in `only`, or all, each after its assignment and its name."""
    found = [
        (assignment, name, experiment)
        for assignment in _calibrated(course, assignments)
        for name, experiment in experiments_of(course, assignment).items()
    ]
    names = [name for _, name, _ in found]
    if unknown := sorted(set(only) - set(names)):
        where = ", ".join(assignments) or "this course"
        raise UsageError(f"{where} has no threshold {unknown[0]!r}: --only takes {', '.join(names)}")
    return [row for row in found if not only or row[1] in only]


def _progress() -> Progress:
    """A bar on standard error, and nothing at all where that is no terminal."""
    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    console = Console(stderr=True)
    return Progress(*columns, console=console, disable=not console.is_terminal)


def _measure(
    course: Course, assignment: str, name: str, experiment: Experiment, runs: int, *, progress: Progress
) -> None:
    """Add what is missing to the stored runs; what is done is stored every minute and at a stop: little is lost."""
    measured = _begun(course, assignment, name, experiment)
    stored = time.monotonic()
    try:
        for side, counted, ways in (
            ("wrong", measured.wrong, experiment.wrong()),
            ("right", measured.correct, experiment.correct(runs)),
        ):
            for way in set(counted) - set(ways):
                del counted[way]
            done = sum(counts.runs for counts in counted.values())
            task = progress.add_task(f"{name}, {side} work", total=_total(ways), completed=done)
            for counts, batch in _batches(counted, ways):
                counts.add(batch)
                progress.advance(task, len(batch))
                if time.monotonic() - stored > _STORE_SECONDS:
                    _store(course, assignment, name, measured)
                    stored = time.monotonic()
    finally:
        _store(course, assignment, name, measured)


def _total(ways: dict[str, Runs]) -> int:
    return sum(way.total for way in ways.values())


def _batches(counted: dict[str, Counts], ways: dict[str, Runs]) -> Iterator[tuple[Counts, list[Outcome]]]:
    """The batches that are missing, each with what it counts to."""
    for way, todo in ways.items():
        counts = counted.setdefault(way, Counts())
        if counts.runs < todo.total:
            yield from ((counts, batch) for batch in todo.batches(counts.runs))


def _begun(course: Course, assignment: str, name: str, experiment: Experiment) -> Threshold:
    """Return what is stored for this threshold if the conditions are still the same; else an empty threshold."""
    table, conditions = load_table(course, assignment), msgspec.to_builtins(experiment.conditions)
    stored = table.thresholds.get(name) if table is not None and table.versions == versions() else None
    if stored is not None and stored.conditions == conditions and stored.what == experiment.what:
        return stored
    return Threshold(what=experiment.what, conditions=conditions)


def _store(course: Course, assignment: str, name: str, measured: Threshold) -> None:
    """Put one threshold into the stored table; those of other versions are dropped."""
    table = load_table(course, assignment)
    if table is None or table.versions != versions():
        table = Table(assignment=assignment, versions=versions())
    table.thresholds[name] = measured
    path = table_path(course, assignment)
    path.parent.mkdir(exist_ok=True)
    write_atomic(path, msgspec.json.format(msgspec.json.encode(table, order="sorted"), indent=1) + b"\n")


def _grid(table: Table, thresholds: dict[str, float]) -> Grid:
    """One line per threshold, not wider than 80 columns."""
    words = ", ".join(f"{key} {value}" for key, value in table.versions.items())
    title = f"{table.assignment}, {words}"
    grid = Grid(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    grid.add_column("\nthreshold", no_wrap=True)
    interval_of = "95 %\ninterval"
    for heading in ("\nat", "right work\nthat fails", interval_of, "wrong work\nthat passes", interval_of):
        grid.add_column(heading, justify="right", no_wrap=True)
    grid.add_column("of it\naccurate", justify="right", no_wrap=True)
    for name, measured in table.thresholds.items():
        value = thresholds.get(name, 0.95)
        accurate = sum(counts.accurate(value) for counts in measured.wrong.values())
        fails, passes = measured.correct_fails(value), measured.wrong_passes(value)
        grid.add_row(name, f"{value:g}", *_share(*fails), *_share(*passes), str(accurate))
    return grid


def _share(hits: int, runs: int) -> tuple[str, str]:
    low, high = interval(hits, runs)
    return f"{hits:,} of {runs:,}", f"{low:.2g} to {high:.2g}"
