"""The engine knows no lesson: where its source speaks of what this course teaches, there is a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2] / "autograder"
LESSON = {"suites"}  # the folder of this course's own
WORDS = re.compile(r"lstm|gru|lab[1-4]", re.IGNORECASE)
TEXTS = {".py", ".txt", ".html", ".css", ".sh", ".md", ""}
ALLOWED = {
    ("cli/main.py", "lstm-gru-autograder[cluster]"): "the distribution's own name, for pip",
    ("export/gradescope/pack.py", '_DISTRIBUTION = "lstm-gru-autograder"'): "the distribution's own name",
    (
        "sandbox/server/warm_up.py",
        "for kind in (torch.nn.GRU, torch.nn.LSTM):",
    ): "torch's recurrent kernels load at first use",
    ("authoring/course/readme.txt", "lab1"): "a new course's own first lab",
    ("authoring/course/readme.txt", "lab2"): "a new course's next lab, as an example of a name",
    ("authoring/new_course.py", 'LAB = "lab1_first"'): "the name of a new course's first lab",
    ("suite/failures.py", "Tensor Parameter Size dtype GRU LSTM RNN GRUCell LSTMCell Linear"): "names of torch's types",
}
"""By file and a part of the line."""


def hits() -> list[tuple[str, str]]:
    """Every line of the engine's source in which one of the words stands, with its file."""
    files = [
        path
        for path in sorted(ENGINE.rglob("*"))
        if path.is_file() and not path.is_symlink()  # pages of docs/, which new courses get
        if path.suffix in TEXTS and not LESSON & set(path.relative_to(ENGINE).parts)
    ]
    assert len(files) > 100
    return [
        (path.relative_to(ENGINE).as_posix(), line)
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if WORDS.search(line)
    ]


def test_each_hit_has_its_reason() -> None:
    """Whoever adds one says why here, or takes it out."""
    unexplained = [
        f"{file}: {line.strip()}"
        for file, line in hits()
        if not any(file == where and part in line for where, part in ALLOWED)
    ]

    assert unexplained == []


@pytest.mark.parametrize("allowed", ALLOWED)
def test_each_reason_has_its_hit(allowed: tuple[str, str]) -> None:
    """What is gone is taken off the list."""
    where, part = allowed

    assert any(file == where and part in line for file, line in hits())
