"""The course's secret, which random inputs are drawn with: where it stands, how one is made, and whether all know it.

`autograder secret` makes one for the course of the current folder.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from autograder.errors import UsageError

SHIPPED = "change-me-before-the-course"
"""The secret in the kit's own `course.yml`, for trying things out."""
FILE = "course.secret"
"""The file that `make_secret` writes, in a course's folder; git is to ignore it."""
ELSEWHERE = "AUTOGRADER_SECRET_FILE"
"""A variable that names another file where a course has `secret` beside `secret_file`: the kit's own tests set it."""
PUBLIC = (
    "the secret in course.yml is the one that the kit is shipped with, so anybody can work out every hidden input: "
    "make one for this course with `autograder secret`, and keep it out of what you publish"
)


def make_secret(folder: Path) -> Path:
    """Write a new secret into the course's folder, readable by its owner alone; returns the file.

    Raises `FileExistsError`: a secret that is in use is not replaced, or every submission would get other inputs.
    """
    file = folder / FILE
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(secrets.token_hex(32) + "\n")
    return file


def read_secret(data: Any, path: Path) -> None:
    """Put the secret that a file of its own holds in its place; raises `UsageError`.

    A `secret` beside `secret_file` is used as long as there is no such file.
    """
    if not isinstance(data, dict):
        return
    if not data.keys() & {"secret", "secret_file"}:
        raise UsageError(f"no secret in {path}: write `secret_file: {FILE}`, and run `autograder secret`")
    if not isinstance(named := data.get("secret_file", ""), str) or not named:
        return
    file = path.parent / named
    if not file.resolve().is_relative_to(path.parent.resolve()):
        raise UsageError(f"secret_file in {path} leads out of the course: name a file in it")
    if "secret" in data:
        file = Path(os.environ.get(ELSEWHERE, file))
        if not file.exists():
            return
    try:
        data["secret"] = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise UsageError(
            f"can't read the course's secret, {file}, named in {path}: {why}; copy it from where the course is kept "
            "(it is in no repository), or for a new course run `autograder secret`"
        ) from error
