"""The numbers of the system calls, against the kernel's own headers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.sandbox.confinement import allowlist, syscalls

_X86 = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
_GENERIC = Path("/usr/include/asm-generic/unistd.h")  # aarch64's numbers
_WANTED = "RENAMEAT NEW_STAT SET_GET_RLIMIT TIME32_SYSCALLS SYS_CLONE3 MEMFD_SECRET"


def numbers_in(header: Path) -> dict[str, int]:
    """What the C preprocessor makes of a header, by name."""
    if not header.exists() or shutil.which("cpp") is None:
        pytest.skip(f"needs {header.name} of linux-libc-dev, and cpp, to compare with")
    wanted = "".join(f"#define __ARCH_WANT_{name}\n" for name in _WANTED.split())
    source = f"{wanted}#define __BITS_PER_LONG 64\n#include <{header}>\n"
    done = subprocess.run(["cpp", "-dM", "-P"], input=source, capture_output=True, text=True, check=True)
    found = dict(re.findall(r"#define __NR(?:3264)?_(\w+) (\w+)", done.stdout))
    return {name: int(value) for name, value in found.items() if value.isdigit()}


@pytest.mark.parametrize(("arch", "header"), [("x86_64", _X86), ("aarch64", _GENERIC)])
def test_numbers_are_the_kernels(arch: str, header: Path) -> None:
    """Every number that the installed header knows is the same in our table, and most are there."""
    theirs = numbers_in(header)
    ours = syscalls.TABLES[arch]

    shared = ours.keys() & theirs.keys()
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}
    assert len(shared) > 0.9 * len(ours)


@pytest.mark.parametrize("arch", sorted(syscalls.TABLES))
def test_no_number_stands_for_two_calls(arch: str) -> None:
    """A slip in the table can't give one call another one's number."""
    table = syscalls.TABLES[arch]

    assert len(set(table.values())) == len(table)
    assert max(table.values()) <= syscalls.NEWEST + 1


def test_every_name_of_the_allowlist_is_a_call() -> None:
    """A misspelt name would silently not be allowed; each is known on one architecture at least."""
    named = allowlist.PLAIN | set(allowlist.RULES) | allowlist.NOT_THERE

    assert named <= set().union(*syscalls.TABLES.values())


def test_call_returns_and_raises() -> None:
    """A raw call gives the kernel's result, and its errno as an OSError."""
    assert syscalls.call("getpid") == os.getpid()
    with pytest.raises(ProcessLookupError, match="tgkill"):
        syscalls.call("tgkill", os.getpid(), 2**22 + 1, 0)
