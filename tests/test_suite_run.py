"""`autograder.suite.outcomes`: exceptions become outcomes; what fails with its prerequisite is skipped under it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from autograder.record import Check, CheckStatus
from autograder.suite.decorator import CheckInfo
from autograder.suite.failures import StudentFailure
from autograder.suite.guesses import NOT_KNOWN
from autograder.suite.outcomes import SuiteRun
from autograder.suite.stages import CheckFailed

NOBODY: Any = SimpleNamespace(may_show=True)


def suite_run(secret: str = "only for tests", digest: str = "d") -> SuiteRun:
    """An empty run of a suite; no student is asked anything here."""
    return SuiteRun(student=NOBODY, reference=NOBODY, secret=secret, digest=digest)


def info(cell: str = "step", *needs: str, visible: bool = False) -> CheckInfo:
    """A check of two points."""
    return CheckInfo(cell, 2, f"title of {cell}", "look here", visible, needs)


def wrong(message: str = "Wrong.") -> CheckFailed:
    """What `fail` raises."""
    return CheckFailed(message, expected="0.5", got="0.25", mistake="swapped mix")


def settled(*rows: tuple[str, CheckInfo, BaseException | None]) -> dict[str, Check]:
    """Checks by id after all of `rows` ran."""
    at = suite_run()
    for name, about, error in rows:
        at.finish(name, about, error)
    for _, about, _ in rows:
        at.totals[about.cell] = at.totals.get(about.cell, 0.0) + about.weight
    return {check.id: check for check in at.settled({name: about for name, about, _ in rows})}


# ---------------------------------------------------------------- outcomes


def finished(error: BaseException | None, about: CheckInfo | None = None) -> Check:
    """The one check of a run of the suite that raised `error`."""
    at = suite_run()
    at.finish("step.values", about or info(), error)
    (check,) = at.checks
    return check


def test_long_texts_are_cut() -> None:
    """What stands in a record has an end, whoever is to read it."""
    seen = finished(CheckFailed("m" * 10**6, expected="e" * 10**6, got="g" * 10**6), info(visible=True))
    hidden = finished(wrong("m" * 10**6))
    asserted = finished(AssertionError("a" * 10**6))

    texts = [seen.message, seen.expected, seen.got, hidden.message, asserted.staff]
    assert [len(text or "") for text in texts] == [4028] * 5


def test_silence_passes() -> None:
    """A check that returns has passed: full points, and no hint is needed."""
    check = finished(None)

    assert (check.status, check.points, check.hint) == (CheckStatus.PASSED, 2, "")


def test_failure_costs_all_points() -> None:
    """A failed check keeps its message, the name of the mistake and the hint, and no points."""
    check = finished(wrong())

    assert (check.status, check.points, check.max_points) == (CheckStatus.FAILED, 0, 2)
    assert (check.message, check.mistake, check.hint) == ("Wrong.", "swapped mix", "look here")


def test_hint_under_an_unknown_mistake_is_called_general() -> None:
    """It says how the task goes, and may not be about what was done."""
    check = finished(CheckFailed(f"Wrong. {NOT_KNOWN}"))

    assert check.hint == "In general: look here"


def test_expected_and_got_are_shown_on_visible_inputs_only() -> None:
    """On the lab's own inputs the student sees both; on hidden ones only staff do."""
    shown, hidden = finished(wrong(), info(visible=True)), finished(wrong())

    assert (shown.expected, shown.got, shown.staff) == ("0.5", "0.25", None)
    assert (hidden.expected, hidden.got) == (None, None)
    assert "0.5" in (hidden.staff or "")


@pytest.mark.parametrize("status", ["failed", "error", "timeout", "memory", "crashed"])
def test_call_without_an_answer(status: str) -> None:
    """What the student's process did not answer keeps its status, message and place."""
    check = finished(StudentFailure(status, "It stopped.", where="line 3"))

    assert (check.status.value, check.message, check.where, check.points) == (status, "It stopped.", "line 3", 0)


def test_assertion_text_is_for_staff() -> None:
    """A plain assert of a suite may hold hidden inputs: the student gets neutral words."""
    check = finished(AssertionError("assert 0.123 == step(1.7)"))

    assert check.status is CheckStatus.FAILED
    assert "1.7" not in check.message + check.hint
    assert check.staff == "assert 0.123 == step(1.7)"


@pytest.mark.parametrize("error", [ZeroDivisionError("ours"), KeyError("h_t"), KeyboardInterrupt()])
def test_unknown_exception_is_a_fault_of_ours(error: BaseException) -> None:
    """Anything else that a suite raises is the grader's fault: noted with its traceback, and no check counts."""
    at = suite_run()
    at.finish("step.values", info(), error)

    assert at.checks == []
    first = at.fault.splitlines()[0]
    assert type(error).__name__ in first
    assert first.endswith("(check step.values)")
    assert at.fault_error is error


# ---------------------------------------------------------------- skips


def test_failure_with_its_prerequisite_is_skipped() -> None:
    """Both fail: the second is shown as skipped under the first, and what it said goes to staff."""
    checks = settled(
        ("sigmoid.values", info("sigmoid"), wrong()), ("step.values", info("step", "sigmoid"), wrong("H."))
    )

    first, second = checks["sigmoid.values"], checks["step.values"]
    assert (first.status, first.cause, first.mistake) == (CheckStatus.FAILED, None, "swapped mix")
    assert (second.status, second.cause) == (CheckStatus.SKIPPED, "sigmoid.values")
    assert "title of sigmoid" in second.message
    assert (second.hint, second.mistake, second.expected, second.got, second.where) == ("", None, None, None, None)
    assert second.staff == "expected 0.5, got 0.25"


def test_success_without_its_prerequisite_counts() -> None:
    """What passes earns its points, whatever failed before."""
    checks = settled(("sigmoid.values", info("sigmoid"), wrong()), ("step.values", info("step", "sigmoid"), None))

    assert (checks["step.values"].status, checks["step.values"].points) == (CheckStatus.PASSED, 2)


def test_failure_alone_is_its_own() -> None:
    """With its prerequisites passed, a failed check is no skipped one."""
    checks = settled(("sigmoid.values", info("sigmoid"), None), ("step.values", info("step", "sigmoid"), wrong()))

    assert checks["step.values"].status is CheckStatus.FAILED


def test_need_may_be_one_check() -> None:
    """A need that names a check leaves the cell's other checks out of it."""
    checks = settled(
        ("sigmoid.values", info("sigmoid"), None),
        ("sigmoid.far", info("sigmoid"), wrong()),
        ("step.values", info("step", "sigmoid.values"), wrong()),
        ("step.more", info("step", "sigmoid.far"), wrong()),
    )

    assert checks["step.values"].status is CheckStatus.FAILED
    assert checks["step.more"].cause == "sigmoid.far"


def test_stub_is_not_skipped_under_another_function() -> None:
    """It is to be written, whatever it builds on; of one function's checks only the first one says so."""
    stub = StudentFailure("failed", "not written yet")
    stub.untouched, stub.shared = "effect", True
    checks = settled(
        ("step.values", info("step"), wrong()),
        ("effect.form", info("effect", "step"), stub),
        ("effect.values", info("effect", "step", "effect.form"), stub),
        ("table.lines", info("table", "step"), stub),
    )

    assert checks["effect.form"].status is CheckStatus.FAILED
    assert checks["effect.form"].untouched
    assert checks["effect.values"].cause == "effect.form"
    assert checks["table.lines"].status is CheckStatus.SKIPPED  # it calls the stub, and is none


def test_chain_is_skipped_under_its_first_cause() -> None:
    """A needs B needs C, all fail: both callers are shown under C."""
    checks = settled(
        ("c.values", info("c"), wrong()),
        ("b.values", info("b", "c"), wrong()),
        ("a.values", info("a", "b"), wrong()),
    )

    assert [check.cause for check in checks.values()] == [None, "c.values", "c.values"]
    assert [check.status for check in checks.values()].count(CheckStatus.FAILED) == 1


def test_own_function_causes_from_before_only() -> None:
    """A check that needs its own function is skipped under that function's earlier checks, never under itself."""
    checks = settled(("step.values", info("step", "step"), wrong()), ("step.more", info("step", "step"), wrong()))

    assert [check.cause for check in checks.values()] == [None, "step.values"]


def test_circle_leaves_a_root() -> None:
    """Of two checks that need each other at least one is shown as failed: one of them must be corrected."""
    checks = settled(("a.values", info("a", "b"), wrong()), ("b.values", info("b", "a"), wrong()))

    assert CheckStatus.FAILED in {check.status for check in checks.values()}


# ---------------------------------------------------------------- timeouts and draws


def timed_out(name: str = "sigmoid.values") -> SuiteRun:
    """A run of the suite after a check timed out."""
    at = suite_run()
    at.finish(name, info("sigmoid"), StudentFailure("timeout", "No answer within 20 s."))
    return at


def test_timeout_blocks_callers() -> None:
    """After a timeout the same function's checks, and those that need it or that very check, aren't run."""
    at = timed_out()

    assert at.blocked(info("sigmoid")) == "sigmoid.values"
    assert at.blocked(info("step", "sigmoid")) == "sigmoid.values"
    assert at.blocked(info("step", "sigmoid.values")) == "sigmoid.values"
    assert at.blocked(info("step", "shape")) is None


@pytest.mark.parametrize("status", ["failed", "error", "memory", "crashed"])
def test_only_a_timeout_blocks(status: str) -> None:
    """After any other failure the callers are still tried."""
    at = suite_run()
    at.finish("sigmoid.values", info("sigmoid"), StudentFailure(status, "It stopped."))

    assert at.blocked(info("step", "sigmoid")) is None


def test_blocked_check_is_skipped_without_points() -> None:
    """What was not run is skipped under the timeout, which stays a timeout."""
    at, step = timed_out(), info("step", "sigmoid")
    at.skip("step.values", step, "sigmoid.values")

    first, second = at.settled({"sigmoid.values": info("sigmoid"), "step.values": step})

    assert (first.status, first.points) == (CheckStatus.TIMEOUT, 0)
    assert (second.status, second.cause, second.points) == (CheckStatus.SKIPPED, "sigmoid.values", 0)
    assert "title of sigmoid" in second.message


def test_draws_follow_from_secret_code_and_check() -> None:
    """The same three give the same numbers; another secret, code or check gives others."""
    first = suite_run().draws("step.values").random(4).tolist()

    assert suite_run().draws("step.values").random(4).tolist() == first
    others = [suite_run(secret="another one"), suite_run(digest="e"), suite_run()]
    names = ["step.values", "step.values", "step.more"]
    assert all(at.draws(name).random(4).tolist() != first for at, name in zip(others, names, strict=True))
