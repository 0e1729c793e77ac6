"""One run of a suite: the submission in hand, and what became of each check.

Outcomes become plain `record.Check`s here, in the grader process, from exceptions that a check raised: nothing of a
verdict comes from the student's process, and no check passes because nothing was heard.
"""

from __future__ import annotations

import hashlib
import hmac
import traceback
from typing import TYPE_CHECKING

import msgspec

from autograder.record import Check, CheckStatus, Reached
from autograder.suite.decorator import CheckInfo, shares
from autograder.suite.disclosure import told
from autograder.suite.failures import StudentFailure
from autograder.suite.guesses import NOT_KNOWN
from autograder.suite.stages import CheckFailed
from autograder.suite.suite_errors import in_one_line

if TYPE_CHECKING:
    import numpy as np

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

_STEPS = {
    "error": "Make the same call in a cell of your own, and read the error from its last line up.",
    "timeout": "Look for a loop that never ends, or for work that grows from round to round.",
    "memory": "Look for a list or tensor that grows without end, or for a size that is far too large.",
    "crashed": "Run the notebook from top to bottom in a fresh kernel: what stops it there stops it here.",
}
"""The next step where a call got no value and nothing more is known: a hint about a formula would mislead."""
IN_GENERAL = "In general: "
"""Before a check's hint where the mistake is not known: the hint is about the task, and may not be about the answer."""
_NO_WORDS = "The result is not what this check expects."


class SuiteRun(msgspec.Struct, kw_only=True):
    """One run of a suite on one submission. `fault` is set when the grader failed: then no check counts."""

    student: Student
    reference: Reference
    secret: str
    digest: str
    whose: str = ""  # the id in the record; "" on a route that has none
    thresholds: dict[str, float] = {}
    totals: dict[str, float] = {}  # the points of each graded cell, which its checks share
    checks: list[Check] = []
    charged_elsewhere: set[str] = set()  # checks that fail by a fact that another one is charged for
    met: dict[int, tuple[BaseException, list[str]]] = {}  # failures that checks share, each with its checks
    note: str = ""  # for staff, on the check at hand
    reached: Reached | None = None  # an accuracy, by the check at hand
    fault: str = ""
    fault_error: BaseException | None = None
    shown_first: bool = False  # the lab's own rows have been asked of all functions
    over: bool = False  # the checks that are left need not run

    def draws(self, check_id: str) -> np.random.Generator:
        """Return random numbers for a check: the same for one secret, student, code and check, on every route."""
        from autograder.suite.draws import Draw

        return Draw(self._keyed(f"{self.whose}\0{self.digest}:{check_id}"), self._keyed("pool") % 2**120)

    def _keyed(self, text: str) -> int:
        key = hmac.new(self.secret.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return int.from_bytes(key, "big")

    def blocked(self, info: CheckInfo) -> str | None:
        """The check that timed out in a function which this one calls, if there is one."""
        touched = {info.cell, *info.needs}
        for check in self.checks:
            if check.cell in touched or check.id in touched:
                if check.status is CheckStatus.TIMEOUT:
                    return check.id
                if check.status is CheckStatus.SKIPPED and check.cause:  # not run itself: something timed out
                    return check.cause
        return None

    def skip(self, check_id: str, info: CheckInfo, cause: str) -> None:
        """Note a check that isn't run, because `cause` timed out."""
        self._add(check_id, info, CheckStatus.SKIPPED).cause = cause

    def finish(self, check_id: str, info: CheckInfo, error: BaseException | None) -> None:
        """Note what became of a check that ran; `error` is what it raised."""
        if isinstance(error, CheckFailed | StudentFailure) and error.shared:
            self.met.setdefault(id(error), (error, []))[1].append(check_id)
        match error:
            case None:
                self._add(check_id, info, CheckStatus.PASSED)
            case CheckFailed():
                whole = info.visible and self.student.may_show
                shown = whole or error.shown
                check = self._add(check_id, info, CheckStatus.FAILED, told(error.message, shown=whole or error.clean))
                check.mistake, check.cause = error.mistake, error.because
                if not error.charged:
                    self.charged_elsewhere.add(check_id)
                general = IN_GENERAL if NOT_KNOWN in check.message and check.hint else ""
                check.hint = error.step or general + check.hint
                if shown:
                    check.expected, check.got = error.expected, error.got
                else:
                    values = f"expected {error.expected}, got {error.got}" if error.got or error.expected else ""
                    exact = str(error) if str(error) != check.message else ""
                    check.staff = "; ".join(filter(None, (check.staff, exact, values))) or None
            case StudentFailure():
                check = self._add(check_id, info, CheckStatus(error.status), error.message)
                check.where, check.mistake, check.untouched = error.where, error.mistake, error.untouched == info.cell
                check.hint = error.step or _STEPS.get(error.status, check.hint)
            case AssertionError():
                check = self._add(check_id, info, CheckStatus.FAILED, _NO_WORDS)
                check.staff = str(error)
            case _:
                trace = "".join(traceback.format_exception(error))[-4000:]
                self.fault = f"{in_one_line(error)} (check {check_id})\n{trace}"
                self.fault_error = error
                self.over = True
        if self.checks:
            self.checks[-1].cut()

    def _add(self, check_id: str, info: CheckInfo, status: CheckStatus, message: str = "") -> Check:
        passed = status is CheckStatus.PASSED
        check = Check(
            id=check_id,
            cell=info.cell,
            title=info.title,
            status=status,
            points=float(info.weight) if passed else 0.0,  # until `settled` knows all weights
            max_points=float(info.weight),
            message=message,
            hint="" if passed else info.hint,
            staff=self.note or None,
            reached=self.reached,
        )
        self.note, self.reached = "", None
        self.checks.append(check)
        return check

    def settled(self, infos: dict[str, CheckInfo]) -> list[Check]:
        """All checks, with those that failed together with what they need shown as skipped, under that cause."""
        order = {name: place for place, name in enumerate(infos)}
        self.checks.sort(key=lambda check: order[check.id])  # they ran in another order: see `plugin.in_turn`
        by_id = {check.id: check for check in self.checks}
        for _, names in self.met.values():
            first, *others = sorted(names, key=order.__getitem__)
            for name in others:
                by_id[name].cause = by_id[name].cause or first
        for name, points in shares(infos, self.totals).items():
            check = by_id[name]
            earned = check.status is CheckStatus.PASSED or name in self.charged_elsewhere
            check.max_points, check.points = points, points if earned else 0.0
        for check in self.checks:
            if check.status is CheckStatus.PASSED:
                continue
            cause = check.cause or self._cause(check, infos[check.id].needs)
            if cause is None or (check.untouched and by_id[cause].cell != check.cell):
                continue  # a stub is to be written, whatever it builds on
            root = by_id[cause].cause or cause
            check.staff = check.staff or (check.message or None)
            check.status, check.cause = CheckStatus.SKIPPED, root
            check.message = (
                f"Skipped, because “{by_id[root].title}” comes first: correct that, and this may be right already."
                if check.id not in self.charged_elsewhere
                else f"The same mistake as in “{by_id[root].title}”: it costs points there only."
            )
            check.hint, check.mistake, check.where, check.expected, check.got = "", None, None, None, None
        return self.checks

    def _cause(self, check: Check, needs: tuple[str, ...]) -> str | None:
        for need in needs:
            for other in self.checks:
                if other is check:
                    break
                if need in {other.id, other.cell} and other.status is not CheckStatus.PASSED:
                    return other.id
        return None
