"""Confine this process for good: the warm server lightly, a child of it to the bone.

Theory of operation
-------------------
Called in two places. In the warm server, once, when it is warm: no_new_privs, not dumpable, Landlock (reads as
its children, writes below the folder of all scratch folders), and as root only the capabilities that it needs to
change its children's users and to clean up after them. It is under no seccomp filter: it runs no student code,
holds nothing secret, and needs fork, descriptor passing and kill.

In a child, once, after the fork and before it reads a byte from the grader. The order is from what needs
privileges to what takes the means away:

    limits on CPU, file size, open files, memory, threads; no core files
    as root: bounding set, another user where possible, all capabilities
    no_new_privs
    as root: not dumpable. Else it stays so, since a grader that is not root could not see the files that the
        child has removed and still holds; no other child can look into it, Landlock and seccomp forbid it
    Landlock: a layer of the child's own, under the server's
    seccomp, last, since it refuses all of the above

A child has one thread when it is confined; whatever it starts later inherits everything. Nothing here can be
undone from inside. Each step either succeeds or raises; nothing is skipped in silence, and what depends on the
machine (the ABI, the user) is in the returned record.

What is not limited: CPU contention and side channels, bugs of the kernel, names and sizes of files that stat
finds, the total size and number of files in the scratch folder and the wall clock (both watched from outside).
"""

from __future__ import annotations

import errno
import os
import resource
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.sandbox.confinement import landlock, privileges, seccomp_filter
from autograder.sandbox.confinement.policy import Policy, offer, reachable_by_others
from autograder.sandbox.errors import SandboxUnavailable
from autograder.sandbox.protocol import KILLED_AFTER, whole_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Policy", "ProcessLimits", "confine_child", "confine_server", "offer"]

# Real user ids for children of root's, one per pid: a range that distributions and containers leave unused.
FIRST_UID = 0x7000_0000
_SPARE_TASKS = 1024
_LOCKED_BYTES = 2**16
# Timers and queued signals. The kernel counts them by user: without root our own user's are counted too, and then a
# student may get none; that is better than a student who takes all.
_PENDING_SIGNALS = 128


@dataclass(frozen=True)
class ProcessLimits:
    """The limits of one child; `memory_bytes` comes on top of the address space that it inherits."""

    cpu_seconds: float
    memory_bytes: int
    file_bytes: int
    open_files: int = 256
    threads: int = 64


def confine_server(policy: Policy, scratch_base: str | Path) -> None:
    """Confine the warm server; raises `SandboxUnavailable`. Its forks are under the carved layer from then on."""
    base = _outside_of(policy, scratch_base)
    try:
        policy.inherited_bytes = _address_space()
        _forbid_unneeded()
        if os.geteuid() == 0:
            privileges.drop_bounding_set()
            privileges.keep_capabilities(privileges.KEPT_BY_SERVER)
        privileges.no_new_privileges()
        privileges.hide_memory()
        above = (os.path.dirname(base), landlock.REMOVE_DIR)  # text; to remove `base` itself at the end
        _layer(policy.abi, (*policy.rules, (base, landlock.SCRATCH), above))
    except OSError as error:
        raise _unavailable("the warm server", error) from error
    policy.coarse, policy.scratch_base, policy.layered = policy.coarse_rules(base), base, True


def confine_child(
    policy: Policy, scratch: str | Path, limits: ProcessLimits, uid_slot: int | None = None
) -> dict[str, Any]:
    """Confine this freshly forked process; returns how, for the record. Raises `SandboxUnavailable`.

    `scratch` must exist; under a confined server it lies below the server's `scratch_base`. `uid_slot` is a user
    id that no other running child has: taken where this is root, the ids are there, and the interpreter and the
    scratch folder can be reached under it.
    """
    folder = str(scratch) if policy.layered else _outside_of(policy, scratch)
    try:
        if not policy.layered:
            _forbid_unneeded()
        _set_limits(limits, policy.inherited_bytes or _address_space())
        users = _change_user(policy, folder, limits, uid_slot)
        had_capabilities = privileges.permitted() != 0
        privileges.keep_capabilities()
        privileges.no_new_privileges()
        if os.geteuid() == 0 or users["uid"] == "slot":
            privileges.hide_memory()
        privileges.die_with_parent()
        rules = policy.coarse if policy.layered else policy.rules
        _layer(policy.abi, (*rules, (folder, landlock.SCRATCH)))
        seccomp_filter.install(policy.program.for_pid(os.getpid()))
    except OSError as error:
        raise _unavailable("a child", error) from error
    return {
        "landlock": policy.abi,
        "seccomp": True,
        "rlimits": True,
        "no_new_privs": True,
        "capabilities": "dropped" if had_capabilities else "none",
        **users,
    }


def _outside_of(policy: Policy, folder: str | Path) -> str:
    path = os.path.realpath(folder)
    if policy.holds(path):
        raise ValueError(f"scratch folder {path} lies in a tree that every child can read")
    return path


def _layer(abi: int, rules: Iterable[tuple[str, int]]) -> None:
    with landlock.Ruleset(abi) as ruleset:
        for path, rights in rules:
            ruleset.allow(path, rights)
        ruleset.restrict()


def _forbid_unneeded() -> None:
    """Set to 0 what no child needs: core dumps, priorities, message queues."""
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_RTPRIO, resource.RLIMIT_NICE, resource.RLIMIT_MSGQUEUE):
        privileges.lower(limit, 0)


def _set_limits(limits: ProcessLimits, inherited_bytes: int) -> None:
    """Set limits on CPU, memory and files; raises `OSError` where a ulimit allows less than is promised."""
    seconds = whole_seconds(limits.cpu_seconds)
    # SIGXCPU first, whose coming leaves a trace (`child_process`): a SIGKILL without it is evidence against the place.
    privileges.lower(resource.RLIMIT_CPU, seconds, seconds + KILLED_AFTER)
    for limit, promised in (
        (resource.RLIMIT_AS, inherited_bytes + limits.memory_bytes),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
    ):
        if privileges.lower(limit, promised) < promised:
            raise OSError(errno.EPERM, f"a ulimit allows less than the {promised / 2**20:.0f} MiB that are promised")
    privileges.lower(resource.RLIMIT_NOFILE, limits.open_files)
    privileges.lower(resource.RLIMIT_MEMLOCK, _LOCKED_BYTES)
    privileges.lower(resource.RLIMIT_SIGPENDING, _PENDING_SIGNALS)


def _change_user(policy: Policy, folder: str, limits: ProcessLimits, slot: int | None) -> dict[str, Any]:
    """Stop being root as far as possible; limit the number of tasks as closely as the user allows."""
    alone = False  # under a user id that nobody else has
    uid = "own"
    if os.geteuid() == 0:
        if not policy.layered:
            privileges.drop_bounding_set()  # else the server has done it
        privileges.lock_securebits()
        if slot is not None and policy.others_reach_it and reachable_by_others(Path(folder).parent, list_it=False):
            os.chown(folder, slot, slot)
            uid = "slot" if (alone := privileges.become(slot, wholly=True)) else "own"
        alone = alone or privileges.become(FIRST_UID + os.getpid(), wholly=False)
    # RLIMIT_NPROC counts the user's tasks on the whole machine: on top of those, unless the user is ours alone.
    tasks = limits.threads if alone else limits.threads + _SPARE_TASKS + privileges.running_tasks()
    tasks = privileges.lower(resource.RLIMIT_NPROC, tasks)
    return {"uid": uid, "threads": tasks}


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _unavailable(who: str, error: OSError) -> SandboxUnavailable:
    return SandboxUnavailable(
        f"The sandbox could not confine {who} ({error.strerror or error}): "
        "run `autograder doctor` to see what this machine offers."
    )
