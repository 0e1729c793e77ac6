"""One submission's code, kept loaded in a child: a fresh child when one is lost, and the submission's budget.

The cells that the graded names need are run once per child. A cell that raises is abandoned; a cell that takes
too long is interrupted, and where it does not heed that, left out in the next child. What a question costs is
counted over all children of the submission.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ChildFailure, Crashed, OutOfMemory, TimedOut

if TYPE_CHECKING:
    from autograder.sandbox.child_process import ChildProcess
    from autograder.sandbox.server_client import Link

_MOST_LOST_CELLS = 5
_IDLENESS = 2  # a submission may take this many times its computing time: calls that sleep must not hold up the class
QUICK = 1.0
"""Seconds in which several calls that are asked for together have to be done."""
READING_SECONDS = 1.0
"""CPU time that the grader spends on reading one submission's answers; those of an honest one take a hundredth."""
_DOUBTFUL = {"memory", "room", "threads"}  # there may be less here than was promised
OPEN_FILES, THREADS = 256, 64  # as `confine.Limits` has them, which the grader has no other need to import


class SubmissionProcess:
    """Answers to questions about one submission. A context manager; `close` ends its child."""

    def __init__(self, server: Link, cells: list[p.Cell], names: list[str], limits: p.Limits) -> None:
        self._server = server
        self.cells = cells
        self._extra: tuple[p.Cell, ...] = ()
        self.names = names
        self.limits = limits
        self._child: ChildProcess | None = None
        self._spent = 0.0
        self._waited = 0.0
        self._read = 0.0
        self.judging_seconds = 0.0  # the grader's own CPU over what to make of the answers, counted by whoever asks
        self._lost: dict[int, ChildFailure] = {}
        self._hopeless: ChildFailure | None = None
        self.generation = 0  # counts children: a handle belongs to one of them
        self.problems: list[p.Problem] = []
        self.abandoned: dict[int, p.Raised | ChildFailure] = {}
        self._known: dict[int, p.Raised | ChildFailure] = {}  # as `abandoned`, of when nothing hidden had been asked
        self.isolation: dict[str, Any] = {}
        self.doubts: set[str] = set()  # what may have been the place's fault: see `ChildFailure.doubt`, `Raised.limit`
        self.wrote = False  # whether any child has made a file
        self.hidden_asked = False  # then what a fresh child does while it loads may come of hidden inputs

    @property
    def cpu_spent(self) -> float:
        """CPU seconds spent so far: by all children, and by the grader over what they sent."""
        return (
            self._spent
            + self.reading_seconds
            + self.judging_seconds
            + (self._child.clock.cpu() if self._child else 0.0)
        )

    @property
    def reading_seconds(self) -> float:
        """The grader's own CPU seconds over the children's answers."""
        return self._read + (self._child.reading_seconds if self._child else 0.0)

    def ask(self, request: p.Request, seed: int | None = None, *, hidden: bool = False) -> p.Returned | p.Raised:
        """The answer within the call limit, generators seeded with `seed` first; a `hidden` input is noted as asked.

        Raises `ChildFailure`, after which the next question gets a fresh child.
        """
        child = self._loaded()
        self.hidden_asked |= hidden
        reply = self._put(child, request, self.limits.call_seconds, seed=seed)
        if isinstance(reply, p.Planned | p.Several):
            self._drop()
            raise ChildFailure("Your program's process gave an answer to another question.")
        if isinstance(reply, p.Raised) and reply.limit:
            self._drop()  # what was taken may still be held
            raise self._over(reply.limit)
        return reply

    def ask_all(self, calls: list[p.Call], *, hidden: bool = False) -> list[p.Returned | p.Raised]:
        """The answers to quick calls, asked for in one go, which costs a tenth; none unless all are there.

        Whoever gets none asks one by one, in a fresh child: that tells which call it is that ends badly.
        """
        try:
            child = self._loaded()
            self.hidden_asked |= hidden
            reply = self._put(child, p.Calls(calls), min(QUICK, self.limits.call_seconds))
        except ChildFailure:
            return []
        replies = reply.replies if isinstance(reply, p.Several) else []
        if len(replies) == len(calls) and not any(isinstance(each, p.Raised) and each.limit for each in replies):
            return replies
        self._drop()
        return []

    def _over(self, limit: str) -> ChildFailure:
        match limit:
            case "memory":
                return OutOfMemory(f"Your code asked for more than {self.limits.memory_bytes / 2**30:g} GiB of memory.")
            case "room":
                return Crashed("Your program found no room left for its files.")
            case "file":
                return Crashed(f"Your program's files grew over {self.limits.scratch_bytes / 2**20:g} MiB.")
            case "files":
                return Crashed(f"Your program held more than {OPEN_FILES} files open at once.")
        return Crashed(f"Your program started more than {self.isolation.get('threads', THREADS)} threads at once.")

    def use(self, extra: tuple[p.Cell, ...]) -> None:
        """Put `extra` cells behind the submission's own from the next question on, in a child of their own."""
        if extra != self._extra:
            self._drop()
            self._extra = extra

    def _loaded(self) -> ChildProcess:
        while self._child is None:
            if self._hopeless is not None:
                raise self._hopeless
            self._load()
        return self._child

    def _load(self) -> None:
        """Start a child and run the needed cells; on a lost cell there is no child, and the next try leaves it out."""
        self._child = self._server.fork(self.limits, self._left())
        self.generation += 1
        self.isolation = self._child.isolation
        plan = self._first(p.Plan([*self.cells, *self._extra], self.names))
        if plan is None:
            return
        self.problems = plan.problems
        self.abandoned = {}
        for index, failure in self._lost.items():
            self._abandon(index, failure)
        for index in plan.cells:
            if index in self._lost:
                continue
            try:
                reply = self._put(self._child, p.RunCell(index), self.limits.cell_seconds, interrupt=True)
            except ChildFailure as failure:
                self._lost[index] = failure
                if len(self._lost) > _MOST_LOST_CELLS:
                    self._hopeless = failure
                return
            if isinstance(reply, p.Raised):
                self._abandon(index, self._over(reply.limit) if reply.limit else reply)

    def _abandon(self, index: int, cause: p.Raised | ChildFailure) -> None:
        """Note why a cell came to nothing. Once hidden inputs were asked, nothing that it chooses later is in that."""
        if not self.hidden_asked:
            self._known[index] = cause
        elif isinstance(cause, p.Raised):
            cause = p.Raised("Exception", "")
        else:
            cause = type(cause)(str(cause))
        self.abandoned[index] = self._known.get(index, cause)

    def _first(self, plan: p.Plan) -> p.Planned | None:
        try:
            assert self._child is not None
            reply = self._put(self._child, plan, self.limits.call_seconds)
        except ChildFailure as failure:
            self._hopeless = failure
            return None
        if isinstance(reply, p.Planned):
            return reply
        self._hopeless = ChildFailure("Your notebook's code could not be read.")
        self._drop()
        return None

    def _put(
        self,
        child: ChildProcess,
        request: p.Request,
        seconds: float,
        *,
        seed: int | None = None,
        interrupt: bool = False,
    ) -> p.Reply:
        try:
            reply = child.ask(request, seconds, self._left(), seed=seed, interrupt=interrupt)
        except ChildFailure as failure:
            self.doubts |= {failure.doubt} - {""}
            self._drop()
            raise
        if isinstance(reply, p.Raised) and reply.limit in _DOUBTFUL:
            self.doubts.add(reply.limit)
        return reply

    def _left(self) -> float:
        if self.reading_seconds > READING_SECONDS:
            raise TimedOut(
                f"Your program's answers took more than {READING_SECONDS:g} s to read: it sends far too much."
            )
        left = self.limits.cpu_seconds - self._spent - self.reading_seconds - self.judging_seconds
        if left <= 0:
            raise TimedOut(f"Your program used up its {self.limits.cpu_seconds:g} s of computing time.")
        most = _IDLENESS * self.limits.cpu_seconds
        if self._waited + (self._child.fair_seconds if self._child else 0.0) > most:
            raise TimedOut(f"Your program took more than {most:g} s altogether, and spent them waiting.")
        return left

    def _drop(self) -> None:
        if self._child is not None:
            self._spent += self._child.close().cpu_seconds
            self.wrote |= self._child.wrote
            self._waited += self._child.fair_seconds
            self._read += self._child.reading_seconds
            self._child = None

    def close(self) -> None:
        """End the child, if there is one."""
        self._drop()
