"""Makes the folder of a new course with a first lab that works, or nothing at all."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from autograder.authoring.new_lab.lab import make_lab
from autograder.course.moments import zone
from autograder.course.secret import FILE as SECRET_FILE
from autograder.course.secret import make_secret
from autograder.course.settings import FILE, load_course
from autograder.errors import UsageError

LAB = "lab1_first"
_FUNCTION, _TITLE = "twice_and_a_quarter", "A first lab"
_TEMPLATES = Path(__file__).parent / "course"
_PLACES = {
    FILE: "course.txt",
    "nbgrader_config.py": "nbgrader_config.txt",
    "README.md": "readme.txt",
    ".gitignore": "gitignore.txt",
    "docs/author.md": "docs/author.md",  # the kit's own pages: links to `docs/`, which a wheel holds as files
    "docs/student.md": "docs/student.md",
}
_ZONES = "/usr/share/zoneinfo/"


def make_course(folder: Path, title: str, timezone: str) -> list[Path]:
    """Make the files of the course, relative to `folder`; raises `UsageError` where it can't be made there."""
    _check(folder, title, timezone)
    words = {
        "@@title@@": title,
        "@@quoted@@": '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"',
        "@@timezone@@": timezone,
        "@@id@@": re.sub(r"\W+", "_", folder.resolve().name, flags=re.ASCII).strip("_") or "course",
        "@@lab@@": LAB,
        "@@secret@@": SECRET_FILE,
    }
    folder = folder.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".autograder-", dir=folder) as making:
            _write(Path(making), words)
            made = sorted(path.relative_to(making) for path in Path(making).rglob("*") if path.is_file())
            for entry in sorted(Path(making).iterdir(), key=lambda entry: entry.name == FILE):
                entry.rename(folder / entry.name)
    except OSError as error:
        raise UsageError(f"can't make a course in {folder}: {error}; choose another place") from error
    return made


def _check(folder: Path, title: str, timezone: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder that is new or empty")
    there = sorted(path.name for path in folder.iterdir() if path.name != ".git") if folder.exists() else []
    if FILE in there:
        raise UsageError(f"{folder} is a course already: `autograder new LAB` in it makes a lab")
    if there:
        raise UsageError(f"{folder} holds {there[0]}: name a folder that is new or empty")
    if not title.strip() or not title.isprintable():
        raise UsageError("a course's title is one line that is not empty: give another --title")
    try:
        zone(timezone)
    except ValueError as error:
        raise UsageError(f"{error}: write --timezone Europe/Berlin, for example") from error


def _write(root: Path, words: dict[str, str]) -> None:
    make_secret(root)
    for place, template in _PLACES.items():
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).write_text(_filled(template, words), encoding="utf-8")
    make_lab(load_course(root), LAB, _FUNCTION, _TITLE)


def _filled(template: str, words: dict[str, str]) -> str:
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def local_zone(link: Path = Path("/etc/localtime")) -> str:
    """The name of this machine's time zone; UTC where it has no name."""
    try:
        _, found, name = str(link.readlink()).partition(_ZONES)
        zone(name)
    except (OSError, ValueError):
        return "UTC"
    return name if found else "UTC"
