"""Lower what a process may do besides files and calls: limits, users, capabilities, no_new_privs, dumpability.

Theory of operation. All of it is given up in the child, in this order, because each step may need what the next
takes away: limits; as root the bounding set, other users, capabilities; then no_new_privs.

As root without capabilities a process still owns root's files: what keeps it from them is Landlock. Another user
would be better, but the interpreter may lie where no other user gets (a home of mode 0700). Then only the *real*
user id is changed: file access goes by the effective one, but the kernel counts tasks by the real one, and so
RLIMIT_NPROC bounds the threads of a child of root's too.

A process that is not dumpable can't be looked into by others of its user, whatever else they got past.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import struct
from typing import TYPE_CHECKING

from autograder.sandbox.confinement import syscalls

if TYPE_CHECKING:
    from collections.abc import Iterable

_SET_PDEATHSIG = 1
_SET_DUMPABLE, _CAPBSET_DROP, _SET_SECUREBITS, _SET_NO_NEW_PRIVS = 4, 24, 28, 38
_SECUREBITS = 0xEF  # root is an ordinary user, set-id changes give nothing, no ambient set; each one locked
_CAPABILITIES_V3 = 0x2008_0522
KEPT_BY_SERVER = (0, 1, 3, 5, 6, 7, 8)  # CHOWN, DAC_OVERRIDE, FOWNER, KILL, SETGID, SETUID, SETPCAP
SAME = -1


def lower(limit: int, soft: int, hard: int | None = None) -> int:
    """Set a resource limit, never above what was inherited; returns what it is now."""
    _, top = resource.getrlimit(limit)
    hard = soft if hard is None else hard
    if top != resource.RLIM_INFINITY:
        soft, hard = min(soft, top), top if hard == resource.RLIM_INFINITY else min(hard, top)
    resource.setrlimit(limit, (soft, hard))
    return soft


def drop_bounding_set() -> None:
    """Keep every program that this process might start from gaining a capability. Without CAP_SETPCAP: does nothing."""
    with contextlib.suppress(OSError):  # past the last capability, or there are none to be dropped
        for capability in range(64):
            syscalls.call("prctl", _CAPBSET_DROP, capability, 0, 0, 0)


def lock_securebits() -> None:
    """Make root mean nothing to the kernel from now on. Without CAP_SETPCAP: does nothing."""
    with contextlib.suppress(OSError):
        syscalls.call("prctl", _SET_SECUREBITS, _SECUREBITS, 0, 0, 0)


def keep_capabilities(kept: Iterable[int] = ()) -> None:
    """Give up all capabilities but `kept`; the ambient set goes with them."""
    mask = sum(1 << capability for capability in kept) & permitted()
    header = struct.pack("=Ii", _CAPABILITIES_V3, 0)
    low, high = mask & 0xFFFF_FFFF, mask >> 32
    syscalls.call("capset", header, struct.pack("=6I", low, low, 0, high, high, 0))


def permitted() -> int:
    """The capabilities that this process could use, as a bit set."""
    data = ctypes.create_string_buffer(24)
    header = struct.pack("=Ii", _CAPABILITIES_V3, 0)
    syscalls.call("capget", header, data)
    _, low, _, _, high, _ = struct.unpack("=6I", data.raw)
    return int(low | high << 32)


def become(uid: int, *, wholly: bool) -> bool:
    """Take another user id as root, or only its count of tasks; says whether it worked (ids may be unmapped)."""
    try:
        if wholly:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        else:
            os.setresuid(uid, SAME, SAME)
    except OSError:
        return False
    return True


def no_new_privileges() -> None:
    """Keep all that this process starts from gaining privileges; asked for by Landlock and seccomp."""
    syscalls.call("prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def hide_memory() -> None:
    """Keep others of the same user from tracing this process or reading its memory; no core files."""
    syscalls.call("prctl", _SET_DUMPABLE, 0, 0, 0, 0)


def running_tasks() -> int:
    """Count the tasks on this machine, of all users: at least as many as this user's."""
    data = ctypes.create_string_buffer(128)
    syscalls.call("sysinfo", data)
    return int(struct.unpack_from("=H", data, 80)[0])


def die_with_parent(parent: int | None = None) -> None:
    """Have the kernel kill this process when its parent ends; after the last change of user, which resets it.

    `parent` is its process id, where that may be 1: the main process of a container.
    """
    syscalls.call("prctl", _SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    now = os.getppid()
    if now == 1 if parent is None else now != parent:  # it ended before that
        os._exit(1)
