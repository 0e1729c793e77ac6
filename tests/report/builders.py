"""Builders of records: each test says only what it varies."""

from __future__ import annotations

from typing import Any

from autograder.record import Check, CheckStatus, Late, Manual, Record, Status, SubmissionFile

# One text with everything that a student could put into a name or a message.
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`</style>{{ 7*7 }}[bold red]x[/bold red][/]"
    "\x00\x1b[31m\u202eevil\u2066\ud800\x85=cmd|' /C calc'!A0"
)


def check(name: str = "lstm_step.table", status: str = "passed", **varied: Any) -> Check:
    """A check of two points, all of them given if it passed."""
    given: dict[str, Any] = {
        "id": name,
        "cell": name.partition(".")[0],
        "title": f"Title of {name}",
        "status": CheckStatus(status),
        "points": 2.0 if status == "passed" else 0.0,
        "max_points": 2.0,
    }
    return Check(**given | varied)


def record(*checks: Check, status: str = "graded", student: str = "ada", **varied: Any) -> Record:
    """A record of these checks, with the score that follows from them."""
    given: dict[str, Any] = {
        "assignment": "lab1_scalar_lstm",
        "student": student,
        "status": Status(status),
        "message": "" if status == "graded" else "The file is not a notebook.",
        "submission": SubmissionFile(path=f"{student}/lab1_scalar_lstm/lab1_scalar_lstm.ipynb", sha256="ab" * 32),
        "score": None if status == "grader_error" else sum(one.points for one in checks),
        "max_score": sum(one.max_points for one in checks) or 10.0,
        "checks": list(checks),
        "isolation": {"landlock": 6, "seccomp": True, "limits": {"memory": "2 GiB"}},
        "environment": {"python": "3.11.9", "torch": "2.13.0", "numpy": "2.4.1"},
        "started_at": "2026-03-01T12:00:00Z",
        "seconds": 0.41,
    }
    return Record(**given | varied)


def half() -> Record:
    """A lab half done: passes, a named mistake, an error, what was skipped with it, lateness, a written answer."""
    return record(
        check("sigmoid.values", title="`sigmoid` from -100 to 100"),
        check("lstm_step.table", title="The printed table"),
        check(
            "lstm_step.forget_gate_at_minus_one",
            "failed",
            title="Forget gate at -1",
            message="The keys are right and `forget_gate` is, but `c_t` is not.\nIt is the value of a swapped mix.",
            hint="Compare your line for `c_t` with c_t = f * c_prev + i * c_tilde.",
            expected="c_t  0.6090\nh_t  0.3631",
            got="c_t  0.7573\nh_t  0.4276",
            where="cell 7 (`lstm_step`), line 3",
            mistake="forget gate and input gate swapped",
            staff="AssertionError: assert 0.7573 == 0.6090",
        ),
        check(
            "forget_gate_effect.values",
            "error",
            title="Three forget logits",
            message="Your code raised TypeError: 'float' object is not iterable.",
            where="cell 11 (`forget_gate_effect`), line 2",
            hint="Loop over `forget_logits`.",
        ),
        check("forget_gate_effect.empty", "skipped", cause="forget_gate_effect.values", title="No logits at all"),
        check("forget_gate_effect.long", "skipped", cause="forget_gate_effect.empty", title="A long list"),
        manual=[Manual(cell="exercise1_written", max_points=4.0)],
        late=Late(seconds=7800, penalty=0.5),
        submission=SubmissionFile(path="ada/lab1/Lab1.ipynb", sha256="ab" * 32, notes=["graded the lone `Lab1.ipynb`"]),
    )


def hostile() -> Record:
    """Every text that a student can reach is an attack."""
    texts = dict.fromkeys(("title", "message", "hint", "expected", "got", "where", "mistake"), HOSTILE)
    return record(
        check("a.b", "failed", **texts, staff="STAFF ONLY"),
        check("a.c", "skipped", cause="a.b", title=HOSTILE, message=HOSTILE),
        check("a.d", "passed", title="W" * 3000),
        check("a.e", "failed", title="Zalgo z" + "\u0301" * 500, message="x" * 1_000_000, got="9" * 5000),
        student=HOSTILE,
        assignment=HOSTILE,
        manual=[Manual(cell=HOSTILE, max_points=4.0)],
        submission=SubmissionFile(path=HOSTILE, notes=[HOSTILE]),
        environment={HOSTILE: HOSTILE},
        isolation={HOSTILE: [HOSTILE]},
        started_at=HOSTILE,
    )


def perfect() -> Record:
    """All four checks pass."""
    return record(*(check(f"lstm_step.c{number}", title=f"Check number {number}") for number in range(4)))


def nothing() -> Record:
    """Untouched stubs: everything fails with the first."""
    message = "`sigmoid` still raises NotImplementedError."
    return record(
        check("sigmoid.values", "error", message=message, hint="Replace the line that raises with your code."),
        *(check(f"lstm_step.c{number}", "skipped", cause="sigmoid.values") for number in range(3)),
        manual=[Manual(cell="exercise1_written", max_points=4.0)],
    )


def kinds() -> dict[str, Record]:
    """A record of each kind that a page has to show."""
    return {
        "perfect": perfect(),
        "half": half(),
        "nothing": nothing(),
        "hostile": hostile(),
        "rejected": record(status="rejected"),
        "missing": record(status="rejected", submission=SubmissionFile(path="ada", missing=True)),
        "grader_error": record(status="grader_error"),
    }
