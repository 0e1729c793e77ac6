"""The sample class, end to end: what `make demo` grades, through the command, against the outcomes beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sampled import SAMPLE, grade_sample

if TYPE_CHECKING:
    from pathlib import Path

STUDENTS = sorted(path.stem for path in (SAMPLE / "expected").glob("*.json"))
TIMES = {"started_at", "seconds", "cpu_seconds"}


def read(results: Path) -> dict[str, dict[str, Any]]:
    """Records by student."""
    return {path.stem: json.loads(path.read_text()) for path in (results / "lab1_scalar_lstm").glob("*.json")}


@pytest.fixture(scope="module")
def records(sample_results: Path) -> dict[str, dict[str, Any]]:
    """The whole class, graded once."""
    return read(sample_results)


def outcome(record: dict[str, Any]) -> dict[str, Any]:
    """What is written down as expected of a record."""
    return {
        "status": record["status"],
        "score": record["score"],
        "message": record["message"],
        "checks": {check["id"]: check["status"] for check in record["checks"]},
        "mistakes": sorted({check["mistake"] for check in record["checks"] if check["mistake"]}),
        "causes": sorted({check["cause"] for check in record["checks"] if check["cause"]}),
    }


@pytest.mark.parametrize("student", STUDENTS)
def test_the_record_is_as_expected(records: dict[str, dict[str, Any]], student: str) -> None:
    """Status, score, every check, the named mistakes and the causes of what is skipped."""
    assert outcome(records[student]) == json.loads((SAMPLE / "expected" / f"{student}.json").read_text())


def test_everybody_has_an_expected_outcome(records: dict[str, dict[str, Any]]) -> None:
    """No sample without its outcome, no outcome without its sample."""
    assert sorted(records) == STUDENTS


def test_every_record_states_the_isolation(records: dict[str, dict[str, Any]]) -> None:
    """Landlock (ABI 3 or newer) and seccomp, also for a submission that was never run."""
    for record in records.values():
        assert record["isolation"]["landlock"] >= 3
        assert record["isolation"]["seccomp"] is True


@pytest.mark.full
def test_a_second_run_gives_the_same_records(records: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    """All but the times are the same, with one job as with two."""
    again = read(grade_sample(tmp_path, "--jobs", "1"))

    for student, record in records.items():
        assert {k: v for k, v in again[student].items() if k not in TIMES} == {
            k: v for k, v in record.items() if k not in TIMES
        }
