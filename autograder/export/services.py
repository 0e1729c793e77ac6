"""Write what autograding services read for one submission: PrairieLearn's, Coursera's and Gradescope's JSON.

Text goes out as plain text. If a service shows it as HTML all the same, it holds no tag: a space stands between `<` and
what would make it one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograder.export.final_score import check_text, remarks, share
from autograder.record import CheckStatus, Status
from autograder.report import wording
from autograder.text import one_line

if TYPE_CHECKING:
    from autograder.export.final_score import Final
    from autograder.record import Check

Renderer = Callable[["Final"], bytes]
_PRAIRIELEARN_CAP = 900_000  # bytes; PrairieLearn takes less than 1 MB
_TAG = re.compile(r"<(?=[A-Za-z!/?])")


def prairielearn(result: Final) -> bytes:
    """Write `results.json` of external grading, of what was graded only; a rejected submission costs no attempt."""
    record = result.record
    found: dict[str, Any] = {
        "gradable": record.status is Status.GRADED,
        "score": share(result),
        "message": _tagless("\n".join(remarks(result))),
    }
    if record.status is Status.REJECTED:
        found["format_errors"] = [_tagless(one_line(record.message, 1000))]
    else:
        found["tests"] = [_prairielearn_test(check) for check in record.checks] + _by_hand(result)
    data = _encoded(found)
    if len(data) > _PRAIRIELEARN_CAP:
        for test in found["tests"]:
            test.pop("output", None)
        data = _encoded(found)
    return data


def _prairielearn_test(check: Check) -> dict[str, Any]:
    test = {"name": _name(check), "points": check.points, "max_points": check.max_points, "message": _outcome(check)}
    return test if check.status is CheckStatus.PASSED else {**test, "output": _tagless(check_text(check))}


def _by_hand(result: Final) -> list[dict[str, Any]]:
    if result.marks is None or not result.record.manual:
        return []
    most = result.max_score - result.record.max_score
    return [{"name": "Marks given by hand", "points": result.manual, "max_points": most, "message": ""}]


def coursera(result: Final) -> bytes:
    """Write `feedback.json`, a share and a text, of what was graded only."""
    return _encoded({"fractionalScore": share(result), "feedback": _tagless("\n".join(remarks(result)))})


def gradescope(result: Final) -> bytes:
    """Write `results.json` of the automatic points, if it was graded: else Gradescope shows an error, not a zero.

    Every check is named, as on the student's page; what is hidden of a check never gets into these texts.
    """
    record = result.record
    tests = [_gradescope_test(number, check) for number, check in enumerate(record.checks, 1)]
    if not tests:  # the maximum of the tests has to be the assignment's in any case
        tests = [_gradescope_rejected(result)]
    return _encoded(
        {
            "score": result.score,
            "output": _tagless("\n".join(remarks(result))),
            "output_format": "text",
            "test_output_format": "text",
            "test_name_format": "text",
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "extra_data": {
                "status": str(record.status),
                "sha256": record.submission.sha256 or "",
                "isolation": "; ".join(f"{name} {value}" for name, value in wording.facts(record.isolation)),
            },
            "tests": tests,
        }
    )


def _gradescope_test(number: int, check: Check) -> dict[str, Any]:
    passed = check.status is CheckStatus.PASSED
    return {
        "number": str(number),
        "name": _name(check),
        "score": check.points,
        "max_score": check.max_points,
        "status": "passed" if passed else "failed",
        "output": _outcome(check) if passed else _tagless(check_text(check)),
        "visibility": "visible",
    }


def _gradescope_rejected(result: Final) -> dict[str, Any]:
    return {
        "name": "The submission can be read",
        "score": 0.0,
        "max_score": result.record.max_score,
        "status": "failed",
        "output": _tagless(one_line(result.record.message, 1000)),
        "visibility": "visible",
    }


def _name(check: Check) -> str:
    return _tagless(one_line(check.title).replace("`", ""))


def _outcome(check: Check) -> str:
    return wording.WORDS[check.status]


def _tagless(text: str) -> str:
    return _TAG.sub("< ", text)


def _encoded(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"
