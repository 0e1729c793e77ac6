"""The hostile corpus, end to end: each attack between two honest neighbours, in the real sandbox.

One attack of each class in `make test`, another one each day; all with `--full`. Time limits are short here, so that
attacks that wait for them are quick; they are fair seconds, so that a busy machine changes nothing.
"""

from __future__ import annotations

import csv
import functools
import io
import json
import re
import shutil
from collections import Counter
from concurrent.futures import Executor, Future
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from attacks import CLASSES, Attack, Range, complaints, hand_in, leftovers, read_attacks
from rotating import DAY

from autograder.course.settings import Course, find_course
from autograder.course.student_folders import folders
from autograder.grading.batch import Batch
from autograder.grading.grader import Grader
from autograder.report.score_table import scores_csv
from autograder.report.student_page import page_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autograder.record import Record
    from autograder.sandbox.server_client import WarmServer

HERE = Path(__file__).parent
ATTACKS = read_attacks(HERE)
TIMES = {"started_at", "seconds", "cpu_seconds", "submission"}
HONEST = ("!ann", "~zoe")  # sorted before and after every name
QUICK = {"cell_seconds": 1.5, "call_seconds": 1.5, "cpu_seconds": 20, "memory_mib": 512, "scratch_mib": 8}


class Here(Executor):
    """Grades with the session's grader, so that a batch costs no new warm server."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader

    def submit(self, _fn: Callable[..., Any], /, *args: Any, **_kwargs: Any) -> Future[Any]:
        """Now."""
        future: Future[Any] = Future()
        future.set_result([self._grader.grade(handed_in) for handed_in in args[0]])
        return future


@pytest.fixture(scope="session")
def course() -> Course:
    """The course with short limits."""
    found = find_course(HERE)
    limits = msgspec.structs.replace(found.settings.limits, **QUICK)
    return msgspec.structs.replace(found, settings=msgspec.structs.replace(found.settings, limits=limits))


@pytest.fixture(scope="session")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Range]:
    """What may be shot at."""
    with Range(tmp_path_factory.mktemp("range")) as found:
        yield found


@pytest.fixture(scope="session")
def grader(course: Course, targets: Range) -> Iterator[Grader]:
    """One warm grader, started when the canaries were in its environment."""
    assert targets.harm() == []
    with Grader(course) as warm:
        yield warm


@pytest.fixture(scope="session")
def battlefield(grader: Grader, targets: Range) -> tuple[Grader, Range]:
    """Who grades, and what may be shot at."""
    return grader, targets


@pytest.fixture(scope="session")
def alone(course: Course, grader: Grader) -> Callable[[str], dict[str, Any]]:
    """What a lab's honest neighbour gets where nobody else is graded: full marks."""

    @functools.cache
    def graded(lab: str) -> dict[str, Any]:
        record = grader.grade_file(course.solution(lab), "", lab)
        assert record.score == record.max_score
        return essence(record)

    return graded


def essence(record: Record) -> dict[str, Any]:
    """A record less what may differ between two runs and two names."""
    told: dict[str, Any] = msgspec.to_builtins(record)
    return {key: value for key, value in told.items() if key not in {*TIMES, "student", "fingerprint", "late"}}


def parameters() -> list[object]:
    """Every attack; those that are not the day's one of their class are marked `full`."""
    classes = {number: [a for a in ATTACKS if a.number == number] for number in CLASSES}
    quick = {number: [a for a in attacks if "lab" not in a.header] for number, attacks in classes.items()}
    todays = {attacks[DAY.toordinal() % len(attacks)].label for attacks in quick.values() if attacks}
    return [pytest.param(a, id=a.label, marks=() if a.label in todays else pytest.mark.full) for a in ATTACKS]


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[int]]:
    """Attacks that came to nothing, by class; printed at the end."""
    counts: Counter[int] = Counter()
    yield counts
    plugins = request.config.pluginmanager
    reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    assert reporter is not None
    assert capture is not None
    with capture.global_and_fixture_disabled():
        classes = ", ".join(f"class {number}: {counts[number]}" for number in CLASSES)
        reporter.write_line(f"\nattacks that came to nothing: {sum(counts.values())} ({classes})")


@pytest.mark.parametrize("attack", parameters())
def test_attack(
    attack: Attack,
    battlefield: tuple[Grader, Range],
    alone: Callable[[str], dict[str, Any]],
    tally: Counter[int],
    tmp_path: Path,
) -> None:
    """No point gained, nothing learned, nobody affected, nothing left, and the report says what happened."""
    grader, targets = battlefield
    batch = Batch(course=grader.course, submitted=tmp_path / "in", results=tmp_path / "out", assignments=[attack.lab])
    name = attack.header.get("student", "mallory").encode().decode("unicode_escape")
    populate(batch, attack, batch.submitted / name / attack.lab, targets)
    (name,) = (who for who, folder in folders(batch.submitted).items() if folder == name)
    batch.prepare()
    records: dict[str, Record] = {}
    batch.run(lambda: Here(grader), batch.plan()[0], lambda record: records.update({record.student: record}))

    page = batch.path(attack.lab, name, "html").read_text(encoding="utf-8")
    found = complaints(attack, records[name], page, targets.secret) + targets.harm()
    found += leftovers(grader._server.pid, cast("WarmServer", grader._server).scratch)
    found += [f"{who} is affected" for who in HONEST if essence(records[who]) != alone(attack.lab)]
    found += markup(page) + formulas(scores_csv(records.values())) + strangers(batch.results / attack.lab, records)
    if found:
        pytest.fail("\n".join([f"{attack.path}: {attack.header['tries']}", *found]), pytrace=False)
    tally[attack.number] += 1


def populate(batch: Batch, attack: Attack, folder: Path, targets: Range) -> None:
    """Two honest submissions and the attack's."""
    course, lab = batch.course, attack.lab
    for honest in HONEST:
        (batch.submitted / honest / lab).mkdir(parents=True)
        shutil.copy(course.solution(lab), batch.submitted / honest / lab)
    paths = {
        "RESULTS": str(batch.results / lab),
        "NEIGHBOUR": str(batch.submitted / HONEST[1] / lab / f"{lab}.ipynb"),
        "SUITE": str(course.suite(lab)),
        "SOLUTION": str(course.solution(lab)),
        "COURSE": str(course.root / "course.yml"),
    }
    hand_in(attack, course, folder, targets.targets() | paths)


def markup(page: str) -> list[str]:
    """Live markup on a page that the student brought: scripts, handlers, frames, foreign addresses."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag in {"script", "iframe", "object", "embed", "base", "form"}:
                found.append(f"<{tag}> on the page")
            found.extend(f"{key}={value} on the page" for key, value in attrs if hostile(key, value or ""))

    def hostile(key: str, value: str) -> bool:
        address = key in {"href", "src", "action"} and not value.startswith(("#", "data:"))
        return key.startswith("on") or address or "javascript:" in value.lower()

    Reader().feed(page)
    return found


def formulas(table: str) -> list[str]:
    """Cells that a spreadsheet would compute."""
    cells = [cell for row in csv.reader(io.StringIO(table)) for part in row for cell in part.split(";")]
    return [f"formula {cell!r}" for cell in cells if re.match(r"\s*[=+\-@\t\r]", cell) and not _number(cell)]


def _number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?", cell.strip()) is not None


def strangers(results: Path, records: dict[str, Record]) -> list[str]:
    """Files in the results that no run of ours writes, and records that are not what was graded."""
    expected = {file for name in records for file in (f"{name}.json", page_name(name))}
    found = [f"stray file {path.name}" for path in results.iterdir() if path.name not in expected]
    for name, record in records.items():
        if json.loads((results / f"{name}.json").read_bytes())["score"] != record.score:
            found.append(f"the record of {name} was changed")
    return found


@pytest.mark.parametrize("number", CLASSES)
def test_every_class_has_three_attacks(number: int) -> None:
    """A class of `threats.md` that nobody attacks is a class that nobody defends."""
    assert sum(attack.number == number for attack in ATTACKS) >= 3
