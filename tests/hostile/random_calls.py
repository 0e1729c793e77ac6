"""Random system calls with random arguments, thrown from inside of confined children at what must not be touched.

    python tests/hostile/random_calls.py [CALLS] [--seed S]

A child is asked for volleys of calls; it is replaced as often as it ends, hangs or spoils its own channel. The numbers
are all there are and some more; the arguments are small numbers, flags, descriptors, process ids (its own, a
bystander's, the grader's, the server's) and addresses of texts and of random bytes; texts name the canaries. Prints how
many were made, by how volleys ended, and what was harmed; exit code 1 if anything was. Only calls of volleys that were
answered count.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from attacks import Range, leftovers

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ChildFailure
from autograder.sandbox.server_client import WarmServer
from autograder.sandbox.submission_process import SubmissionProcess

if TYPE_CHECKING:
    from collections.abc import Callable

VOLLEY = 1000
_CHILD = Path(__file__).with_name("random_calls_child.txt")
_LIMITS = p.Limits(
    call_seconds=1.0, cpu_seconds=60.0, memory_bytes=2**28, scratch_bytes=2**20, scratch_files=100, output_bytes=2**16
)
_FIELDS = ("Uid", "Gid", "Groups", "CapEff", "NoNewPrivs", "Seccomp:", "Cpus_allowed:", "SigBlk", "SigIgn")


class KilledError(Exception):
    """A child's end looked like a kill from outside, which no child may be able to bring about."""


def throw(count: int, seed: int, say: Callable[[str], None] = print) -> tuple[Counter[str], list[str]]:
    """Volleys of at least `count` calls; how many calls were made and how volleys ended, and what was harmed."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, Range(Path(folder)) as targets, WarmServer() as server:
        server.fork(_LIMITS, 1.0).close()  # it is warm
        before = _state(server.pid)
        names = targets.targets() | {"SERVER": server.pid, "SCRATCH": str(server.scratch)}
        given = "\n".join(f"{name} = {value!r}" for name, value in names.items())
        cells = [p.Cell(0, given), p.Cell(1, _CHILD.read_text(encoding="utf-8"))]
        while found["calls"] < count:
            process = SubmissionProcess(server, cells, ["volley"], _LIMITS)
            try:
                while found["calls"] < count:
                    seed += 1
                    _volley(process, seed, found)
            except ChildFailure as failure:  # its budget, after which no child is started
                found[_ending(failure)] += 1
            process.close()
            harm = [*targets.harm(), *leftovers(server.pid, server.scratch)]
            harm += [f"{what} changed" for what, value in _state(server.pid).items() if before[what] != value]
            if harm:
                return found, [f"seed {seed}: {what}" for what in harm]
            say(f"{found['calls']:,} calls, {sum(found.values()) - found['calls']:,} volleys without an answer")
    return found, []


def _volley(process: SubmissionProcess, seed: int, found: Counter[str]) -> None:
    """One volley; raises `ChildFailure` where the submission may not go on."""
    generation = process.generation
    try:
        reply = process.ask(p.Call("volley", "", [seed, VOLLEY], {}))
    except ChildFailure as failure:
        if process.generation == generation:  # no child was started for it
            raise
        found[_ending(failure)] += 1
        if failure.doubt == "killed":
            raise KilledError(f"seed {seed}: {failure}") from failure
        return
    if isinstance(reply, p.Returned) and reply.value == VOLLEY:
        found["calls"] += VOLLEY
    else:
        found["another answer"] += 1


def _ending(failure: ChildFailure) -> str:
    return str(failure)[:60]


def _state(server: int) -> dict[str, object]:
    """What a child must not change about the grader's process and the server's."""
    found: dict[str, object] = {"the grader's folder": Path.cwd(), "the grader's umask": _umask()}
    for name, pid in (("the grader's", os.getpid()), ("the server's", server)):
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        found[f"{name} rights"] = [line for line in status if line.startswith(_FIELDS)]
        found[f"{name} limits"] = Path(f"/proc/{pid}/limits").read_text()
        found[f"{name} priority"] = os.getpriority(os.PRIO_PROCESS, pid), os.sched_getscheduler(pid)
        found[f"{name} timers"] = Path(f"/proc/{pid}/timers").read_text() if pid == os.getpid() else ""
        found[f"{name} adjustment"] = Path(f"/proc/{pid}/oom_score_adj").read_text()
    return found


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def main() -> None:
    """Throw, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    start = time.monotonic()
    found, harm = throw(options.count, options.seed, lambda line: print(line, end="\r", file=sys.stderr, flush=True))
    print(f"{found.pop('calls', 0):,} calls in {time.monotonic() - start:.0f} s, in volleys of {VOLLEY}")
    for ending, times in found.most_common():
        print(f"{times:8,} volleys: {ending}")
    print("\n".join(harm) or "nothing was touched, nothing is left")
    sys.exit(bool(harm))


if __name__ == "__main__":
    main()
