"""The seccomp filter: from the data in `allowlist.py` to a program for the kernel.

Theory of operation. Seccomp runs a classic BPF program at every system call. The program sees the call's number,
the architecture and the six arguments as 64-bit words (in halves, as it computes with 32 bits); what it returns
decides: let the call pass, or answer an errno in its place.

    foreign architecture?   EPERM (numbers would mean other calls)
    binary search by number among intervals of equal treatment
        named, no rule      allow (the kernel caches such verdicts per number, they cost nothing)
        named, with a rule  test the arguments, then allow or EPERM
        `clone3`, `openat2` ENOSYS, libc falls back
        unknown, newer      ENOSYS, as on a kernel of our table's age; the x32 numbers of x86_64 end here too
        the rest            EPERM

The same filter serves every child but for its pid, which rules compare with. So the program is made once, as
bytes, with the places of the pid noted, and a child only writes its pid there.

Written in the child before student code runs; inherited by its threads; can't be taken off again.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.sandbox.confinement import allowlist, syscalls
from autograder.sandbox.confinement.allowlist import ANY_BITS, OWN_PID, Arg, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Operations of classic BPF: load a word, mask it, compare and jump, jump, return a constant.
_LOAD, _AND, _EQUAL, _AT_LEAST, _JUMP, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x05, 0x06
_AT_NR, _AT_ARCH, _AT_ARGS = 0, 4, 16  # offsets in struct seccomp_data
_FORMAT = struct.Struct("=HBBI")  # struct sock_filter: operation, jump if true, jump if false, constant
_SHORT_JUMP = 255

ALLOW = 0x7FFF_0000
_ERRNO = 0x0005_0000
_SET_MODE_FILTER, _GET_ACTION_AVAIL = 1, 2


def refuse(code: int) -> int:
    """The verdict "answer this errno"."""
    return _ERRNO | code


DENY = refuse(errno.EPERM)
MISSING = refuse(errno.ENOSYS)


@dataclass(frozen=True)
class Step:
    """One instruction; jumps count the instructions that they skip."""

    operation: int
    constant: int
    if_true: int = 0
    if_false: int = 0

    def encode(self) -> bytes:
        """Encode the code as the kernel reads it."""
        if max(self.if_true, self.if_false) > _SHORT_JUMP:
            raise ValueError("a conditional jump over more than 255 instructions can't be written")
        return _FORMAT.pack(self.operation, self.if_true, self.if_false, self.constant & ANY_BITS)


Code = tuple[Step, ...]


@dataclass(frozen=True)
class Filter:
    """A program of which only the pid is open."""

    program: bytes
    pid_places: tuple[int, ...]  # byte offsets of constants to be replaced

    def for_pid(self, pid: int) -> bytes:
        """The program for the process `pid`."""
        program = bytearray(self.program)
        for place in self.pid_places:
            struct.pack_into("=I", program, place, pid)
        return bytes(program)


def verdict(action: int) -> Code:
    """Code that ends with `action`."""
    return (Step(_RETURN, action),)


def _test(arg: Arg, skip: int) -> Code:
    """Fall through where the condition holds, else jump `skip` instructions beyond the end of this code."""
    low = _AT_ARGS + 8 * arg.index  # little-endian, both architectures
    code = [Step(_LOAD, low)]
    if arg.mask != ANY_BITS:
        code.append(Step(_AND, arg.mask))
    last = len(arg.values) - 1
    code += [Step(_EQUAL, value, last - place) for place, value in enumerate(arg.values[:-1])]
    code.append(Step(_EQUAL, arg.values[last], 0, skip))
    if arg.wide:
        code = [Step(_LOAD, low + 4), Step(_EQUAL, 0, 0, len(code) + skip), *code]
    return tuple(code)


def rule_code(rule: Rule, then: Code = verdict(ALLOW), otherwise: Code = verdict(DENY)) -> Code:  # noqa: B008
    """Return code that goes to `then` where an alternative of the rule holds, else to `otherwise`."""
    code = otherwise
    for alternative in reversed(rule):
        block = then
        for arg in reversed(alternative):
            block = _test(arg, len(block)) + block
        code = block + code
    return code


def _search(intervals: list[tuple[int, Code]]) -> Code:
    """Search by halves the intervals, given by their first number, for the one that the accumulator's number is in."""
    if len(intervals) == 1:
        return intervals[0][1]
    middle = len(intervals) // 2
    first, left, right = intervals[middle][0], _search(intervals[:middle]), _search(intervals[middle:])
    if len(left) <= _SHORT_JUMP:
        return (Step(_AT_LEAST, first, len(left), 0), *left, *right)
    return (Step(_AT_LEAST, first, 0, 1), Step(_JUMP, len(left)), *left, *right)


def assemble(verdicts: Mapping[int, Code], default: Code, newer: Code, arch: str) -> Filter:
    """The program that answers each number with its code, others with `default`, calls unknown to us with `newer`."""
    treatment = {0: default, syscalls.NEWEST + 1: newer}
    for number, code in verdicts.items():
        treatment[number] = code
        treatment.setdefault(number + 1, verdicts.get(number + 1, default))
    intervals: list[tuple[int, Code]] = []
    for number in sorted(treatment):
        if not intervals or intervals[-1][1] != treatment[number]:
            intervals.append((number, treatment[number]))
    head = (
        Step(_LOAD, _AT_ARCH),
        Step(_EQUAL, syscalls.AUDIT_ARCH[arch], 1, 0),
        *verdict(DENY),
        Step(_LOAD, _AT_NR),
    )
    steps = (*head, *_search(intervals))
    size, constant_at = _FORMAT.size, 4
    places = (
        i * size + constant_at for i, step in enumerate(steps) if step.operation == _EQUAL and step.constant == OWN_PID
    )
    return Filter(b"".join(step.encode() for step in steps), tuple(places))


@functools.cache
def child_filter(arch: str, *, deny_truncate: bool) -> Filter:
    """The filter for student code; `deny_truncate` where Landlock does not govern truncate(2) (ABI 1 and 2)."""
    table = syscalls.TABLES[arch]

    def numbers(names: Iterable[str]) -> set[int]:
        return {table[name] for name in names if name in table}

    verdicts = dict.fromkeys(numbers(allowlist.PLAIN), verdict(ALLOW))
    verdicts |= {table[name]: rule_code(rule) for name, rule in allowlist.RULES.items() if name in table}
    verdicts |= dict.fromkeys(numbers(allowlist.NOT_THERE), verdict(MISSING))
    if deny_truncate:
        verdicts[table["truncate"]] = verdict(DENY)
    return assemble(verdicts, verdict(DENY), verdict(MISSING), arch)


class _Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`."""

    _fields_ = (("count", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def install(program: bytes) -> None:
    """Put this thread, and all that it will start, under `program`. Needs no_new_privs. Raises `OSError`."""
    syscalls.call("seccomp", _SET_MODE_FILTER, 0, _Program(len(program) // _FORMAT.size, program))


def available() -> bool:
    """Tell whether this kernel has seccomp filters that answer an errno."""
    try:
        syscalls.call("seccomp", _GET_ACTION_AVAIL, 0, struct.pack("=I", _ERRNO))
    except OSError:
        return False
    return True
