"""Folders as Gradescope has them, and submissions to put into them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from sampled import SAMPLE

LAB = "lab1_scalar_lstm"


class Container:
    """`/autograder` somewhere else: source, submission, results, metadata."""

    def __init__(self, root: Path, data: bytes) -> None:
        self.root = root
        for name in ("source", "submission", "results"):
            (root / name).mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                Path(archive.extract(entry, root / "source")).chmod(entry.external_attr >> 16 & 0o777)
        self.metadata("ada@example.org", "2026-10-05T10:00:00.000000-07:00")

    def metadata(self, email: str, created_at: str) -> None:
        """Who hands in, and when."""
        found = {"id": 1, "created_at": created_at, "users": [{"email": email, "id": 7, "name": "A"}]}
        found |= {"assignment": {"due_date": created_at, "total_points": "10.0"}, "previous_submissions": []}
        (self.root / "submission_metadata.json").write_text(json.dumps(found))

    def hand_in(self, student: str) -> None:
        """The sample class's submission of `student`."""
        for path in (SAMPLE / "submitted" / student / LAB).iterdir():
            (self.root / "submission" / path.name).write_bytes(path.read_bytes())

    def hand_in_code(self, source: str) -> None:
        """A Python file."""
        (self.root / "submission" / f"{LAB}.py").write_text(source)

    def empty(self) -> None:
        """Nothing handed in."""
        for path in (self.root / "submission").iterdir():
            path.unlink()

    @property
    def results(self) -> Path:
        """What Gradescope reads."""
        return self.root / "results" / "results.json"

    def run(self, *wrapper: str) -> subprocess.CompletedProcess[str]:
        """Grade with this interpreter and the package that is in the zip."""
        return subprocess.run(
            [*wrapper, sys.executable, "-m", "autograder.export.gradescope.run", str(self.root)],
            cwd=self.root / "source",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(self.root / "source")},
            capture_output=True,
            text=True,
            check=False,
        )


def spy(*places: Path) -> str:
    """A submission that tells what it can read there: by printing, and in an error on the lab's own numbers."""
    return f"""
import math

def sigmoid(x):
    return 1 / (1 + math.exp(-x))

def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    found = ""
    for place in {[str(place) for place in places]!r}:
        try:
            found += open(place).read()[:2000]
        except OSError as error:
            found += type(error).__name__ + " "
    print(found)
    raise ValueError(found)
"""
