"""Every platform's own file, through the command: filled in, read back as the platform does, and what is said.

The files in `files/` are what each platform writes by its public description. Each holds a class in which something is
wrong with nearly everybody; see `class_kit`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from class_kit import LOCKED, MARKED, MULLER, NOWHERE, UNMARKED, keep_book, store
from results_kit import LAB
from sampled import ROOT
from typer.testing import CliRunner
from validators import blackboard, brightspace, canvas, grades, moodle, rows

from autograder.cli.main import app
from autograder.course.settings import find_course
from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

FILES = Path(__file__).parent / "files"
LANGUAGES = ("en", "de", "fr", "es", "pt_br", "cs")
COURSE = find_course(ROOT)

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own way with sessions


class Platform(NamedTuple):
    """A file of a platform, and the scores that it takes from a file of ours, by login."""

    form: str
    file: str
    read: Callable[[bytes, bytes], dict[str, str]]


def _canvas(data: bytes, downloaded: bytes) -> dict[str, str]:
    logins = {row[1]: row[3] for row in rows(downloaded)}
    grades = {logins[who]: "" if found is None else f"{found:g}" for who, (found,) in _values(canvas(data))}
    header, *filled = rows(data)
    return grades | {row[header.index("SIS Login ID")]: row[-1] for row in filled if row[-1] == "EX"}


def _values(found: dict[str, dict[str, float | None]]) -> list[tuple[str, tuple[float | None, ...]]]:
    return [(who, tuple(cells.values())) for who, cells in found.items()]


def _columns(read: Callable[[bytes], dict[str, dict[str, str]]]) -> Callable[[bytes, bytes], dict[str, str]]:
    return lambda data, _: {who: next(iter(cells.values())) for who, cells in read(data).items()}


def _moodle(language: str) -> Callable[[bytes, bytes], dict[str, str]]:
    def read(data: bytes, downloaded: bytes) -> dict[str, str]:
        numbers = {"".join(filter(str.isdigit, row[0])): row[2] for row in rows(downloaded)}
        taken = moodle(data, downloaded, language)
        return {numbers[number]: f"{grade:g}" for number, (grade, _) in taken.items()}

    return read


PLATFORMS = [
    Platform("canvas", "canvas.csv", _canvas),
    Platform("blackboard", "blackboard.xls", _columns(blackboard)),
    Platform("blackboard", "blackboard.csv", _columns(blackboard)),
    Platform("brightspace", "brightspace.csv", _columns(brightspace)),
    *(Platform("moodle", f"moodle_{language}.csv", _moodle(language)) for language in LANGUAGES),
]
FEW = [one for one in PLATFORMS if one.file in {"canvas.csv", "blackboard.xls", "brightspace.csv", "moodle_de.csv"}]
EXCUSED = {"canvas": "EX", "blackboard": "Exempt", "brightspace": "Exempt"}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results and gradebook of the class."""
    folder = tmp_path_factory.mktemp("class")
    store(folder / "results")
    keep_book(folder / "gradebook.db")
    return folder


@pytest.fixture
def here(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to export in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("autograder.course.settings.find_course", lambda: COURSE)
    (tmp_path / "results").symlink_to(work / "results")
    (tmp_path / "gradebook.db").symlink_to(work / "gradebook.db")
    return tmp_path


def exported(platform: Platform, *options: str, given: str = "") -> Result:
    """What the command says, with the platform's file beside where it writes; `given` is another name for it."""
    name = given or platform.file
    if not Path(name).exists():
        shutil.copy(FILES / platform.file, name)
    points = [] if "--automatic-only" in options else ["--gradebook", "gradebook.db"]
    return CliRunner().invoke(app, ["export", platform.form, LAB, "--into", name, *points, *options])


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: one.file)
def test_a_class_with_everything_wrong(platform: Platform) -> None:
    """All who can be are in the file with the right grade; everybody else is named, with the reason; exit code 1."""
    done = exported(platform)
    downloaded = (FILES / platform.file).read_bytes()
    found = platform.read(Path(done.stdout.split()[-1]).read_bytes(), downloaded)
    wanted = {"ada": "9.5", "bob": "5", "müller": "7", "12345": "8"}
    if platform.form == "moodle":
        wanted["kim"] = "5"
        assert "more points than Moodle's maximum, which Moodle would skip: zoe" in done.stdout
        assert "somebody's comment stands there, left as it is: bob" in done.stdout
    else:
        wanted |= {"kim": EXCUSED[platform.form], "zoe": "16"}
        assert "excused there, left as they are: kim" in done.stdout
        assert "more than the 14 points of 'A scalar LSTM step', which " in done.stdout
        assert "zoe" in done.stdout

    assert {who: grade for who, grade in found.items() if grade} == wanted
    assert done.exit_code == 1
    assert f"{UNMARKED} (not marked yet: exercise1_written)" in done.stderr
    assert f"{NOWHERE} (not in {platform.file})" in done.stderr
    assert Path(platform.file).read_bytes() == downloaded
    assert any(f"bob ({there} → 5)" in done.stdout for there in ("3", "3.00", "3.00000", "3,00"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("platform", FEW, ids=lambda one: one.file)
def test_what_stands_there_can_be_kept(platform: Platform) -> None:
    """`--keep` leaves a grade that somebody gave there, and says both."""
    done = exported(platform, "--keep")
    found = platform.read(Path(done.stdout.split()[-1]).read_bytes(), (FILES / platform.file).read_bytes())

    assert float(found.get("bob", "3")) == 3
    assert "another grade there, left as it is: bob (3" in done.stdout


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("platform", FEW, ids=lambda one: one.file)
def test_one_student_twice_is_refused(platform: Platform) -> None:
    """Which of two rows is meant is nobody's guess: one line, and no file."""
    raw = (FILES / platform.file).read_bytes()
    codec = "utf-16" if platform.file.endswith(".xls") else "utf-8"
    lines = raw.decode(codec).splitlines(keepends=True)
    line = next(line for line in lines if "Lovelace" in line)
    Path("twice.csv").write_bytes("".join([*lines, line]).encode(codec))
    done = exported(platform, "--automatic-only", given="twice.csv")

    assert isinstance(done.exception, UsageError)
    assert "in several rows: ada" in str(done.exception)
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["gradebook.db", "results", "twice.csv"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("platform", FEW, ids=lambda one: one.file)
def test_the_same_folder_and_the_same_name(platform: Platform) -> None:
    """The default name for what is written is the name of the download: then another is taken."""
    name = f"{platform.form}.csv"
    done = exported(platform, "--automatic-only", given=name)

    assert done.stdout.split()[-1] == f"{platform.form}-filled.csv"
    assert Path(name).read_bytes() == (FILES / platform.file).read_bytes()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("platform", FEW, ids=lambda one: one.file)
def test_a_second_export_into_the_first_changes_nothing(platform: Platform) -> None:
    """What came out can go in again: no grade is another one."""
    first = Path(exported(platform, "--automatic-only").stdout.split()[-1])
    before = first.read_bytes()
    again = exported(platform, "--automatic-only", "--output", "again.csv", given=first.name)

    assert "another grade" not in again.stdout
    assert Path("again.csv").read_bytes() == before


@pytest.mark.usefixtures("here")
def test_what_is_locked_in_moodle_stays() -> None:
    """Also where Moodle's owner reads `Nein`."""
    for language in LANGUAGES[:-1]:
        done = exported(Platform("moodle", f"moodle_{language}.csv", _moodle(language)), "--automatic-only")

        assert f"locked in Moodle, left as they are: {LOCKED}" in done.stdout
    unknown = exported(Platform("moodle", "moodle_cs.csv", _moodle("cs")), "--automatic-only")

    assert "it can't be told which grades are locked" in unknown.stdout


@pytest.mark.usefixtures("here")
def test_a_decimal_comma_stays_one() -> None:
    """A German Moodle reads `9,5`."""
    exported(FEW[-1])

    assert ',"9,5","14,00",Ja,' in Path("moodle.csv").read_text(encoding="utf-8-sig")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("form", "file", "old", "new", "message"),
    [
        ("blackboard", "blackboard.csv", "Pts: 14 Score", "Pts: 100 Score", "Blackboard says 100; here 10 automatic"),
        ("blackboard", "blackboard.csv", "step [Total", "stop [Total", "no column called 'A scalar LSTM step'"),
        ("blackboard", "blackboard.csv", '"Username"', '"User"', "no column Username in --into"),
        ("brightspace", "brightspace.csv", "MaxPoints:14", "MaxPoints:100", "Brightspace says 100; here 10 automatic"),
        ("brightspace", "brightspace.csv", "End-of-Line", "End of Line", "no column End-of-Line Indicator"),
        ("brightspace", "brightspace.csv", " <Numeric MaxPoints:14 Weight:10 Category:Labs CategoryWeight:40>", "",
         "set them in Brightspace"),
        ("brightspace", "brightspace.csv", "OrgDefinedId,Username", "Id,User", "no column OrgDefinedId or Username"),
        ("moodle", "moodle_de.csv", "Zuletzt geändert (Bewertung)", "Am", "no column Zuletzt geändert (Bewertung)"),
        ("moodle", "moodle_de.csv", "Teilnehmer/in1234561", "1234561", "not `Teilnehmer/in <number>` in --into: 1"),
        ("moodle", "moodle_cs.csv", '"14,00",Ano', '"15,00",Ano', "no column Identifier, Grade"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(form: str, file: str, old: str, new: str, message: str) -> None:
    """A file that somebody edited, or another maximum: one line that says which, and nothing is written."""
    text = (FILES / file).read_bytes().decode()
    assert old in text
    Path("in.csv").write_bytes(text.replace(old, new, 1).encode())
    done = exported(Platform(form, file, _canvas), "--automatic-only", given="in.csv")

    assert isinstance(done.exception, UsageError)
    assert message in str(done.exception)
    assert not Path(f"{form}.csv").exists()


@pytest.mark.usefixtures("here")
def test_csv_has_everybody() -> None:
    """Nobody is left out of our own table: whose answers nobody has marked stands there with the automatic points."""
    done = CliRunner().invoke(app, ["export", "csv", LAB, "--gradebook", "gradebook.db"])
    table = grades(Path("scores.csv").read_bytes())

    assert {*MARKED, UNMARKED, NOWHERE, LOCKED} == set(table)
    assert table[MULLER]["score"] == "7"
    assert f"left out: {UNMARKED} (not marked yet" in done.stderr
