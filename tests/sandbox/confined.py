"""Run a function in a real sandboxed child and get back what it returned or raised."""

from __future__ import annotations

import functools
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.sandbox.confinement import confine
from autograder.sandbox.scratch import remove_tree

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITS = confine.ProcessLimits(cpu_seconds=20, memory_bytes=2**31, file_bytes=2**20)


@dataclass
class Outcome:
    """What became of the child: `value` as JSON gives it back, or the error's class, errno and text."""

    value: Any = None
    error: str = ""
    errno: int | None = None
    text: str = ""
    code: int = 0
    isolation: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether it failed for want of permission."""
        return self.error == "PermissionError"


@functools.cache
def default_policy() -> confine.Policy:
    """The policy of this interpreter, made once."""
    return confine.Policy.for_interpreter()


def forked(function: Callable[[], object], before: Callable[[], dict[str, Any]] = dict) -> Outcome:
    """What `function` gives in a fork, after `before` has confined it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            said = json.dumps(_attempt(function, before))
            os.write(writing, said.encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        heard = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return Outcome(**(json.loads(heard) if heard else {}), code=code)


def _attempt(function: Callable[[], object], before: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    isolation: dict[str, Any] = {}
    try:
        isolation = before()
        return {"value": function(), "isolation": isolation}
    except BaseException as error:  # whatever happens inside is the outcome
        told = {"error": type(error).__name__, "text": str(error), "errno": getattr(error, "errno", None)}
        return {**told, "isolation": isolation}


def in_sandbox(
    function: Callable[[], object],
    *,
    policy: confine.Policy | None = None,
    limits: confine.ProcessLimits = LIMITS,
    slot: int | None = None,
    base: Path | None = None,
) -> Outcome:
    """Fork, confine, run `function` in a scratch folder that is the current folder, report."""
    scratch = Path(tempfile.mkdtemp(prefix="confined-", dir=base))

    def confined() -> dict[str, Any]:
        os.chdir(scratch)
        os.environ |= dict.fromkeys(["HOME", "TORCHINDUCTOR_CACHE_DIR"], str(scratch))  # a grader sets the second
        tempfile.tempdir = str(scratch)
        return confine.confine_child(policy or default_policy(), scratch, limits, slot)

    outcome = forked(function, confined)
    outcome.files = sorted(path.name for path in scratch.iterdir())
    remove_tree(scratch)
    return outcome


def under_server(function: Callable[[], object], base: Path, policy: confine.Policy | None = None) -> Outcome:
    """What `function` gives in a process that is confined as the warm server is."""
    chosen = policy or confine.Policy.for_interpreter()

    def confined() -> dict[str, Any]:
        confine.confine_server(chosen, base)
        return {}

    return forked(function, confined)
