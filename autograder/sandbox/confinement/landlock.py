"""Restrict this thread, and all that it starts, to some files by Landlock. Raw system calls.

Theory of operation. A ruleset names the rights that it handles; whatever is handled and not granted by a rule on
the file itself or on a folder above it is refused, root or not. `restrict` makes the ruleset a layer of the
process. Layers can only be added: a right must be granted by all of them.

Rights grow with the kernel's ABI, and only what the kernel knows may be named:

    1  reading, writing, making and removing      4  TCP ports: all refused, no rule is ever added
    2  links and renames between folders          5  ioctl on devices
    3  truncation (before it, the seccomp filter  6  scopes: no signal and no abstract socket to processes
       must refuse truncate)                         outside of the layer; 7 adds logging, not used

Rules attach to the file that a path leads to now; a symbolic link inside an allowed tree grants nothing about its
target. What Landlock does not govern: stat, chdir, readlink (names, sizes, times can be found), and changes of
mode, owner, times and attributes, which the seccomp filter refuses.

It can't carve a hole into an allowed tree; `carve` lists what stands around the hole instead.
"""

from __future__ import annotations

import errno
import os
import struct
from typing import TYPE_CHECKING, Self

from autograder.sandbox.confinement import syscalls

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

(
    EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE, MAKE_CHAR, MAKE_DIR,
    MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM, REFER, TRUNCATE, IOCTL_DEV,
) = (1 << bit for bit in range(16))  # fmt: skip

READ = READ_FILE | READ_DIR
# Plain files and folders: no links, FIFOs, sockets or devices, so that nobody who looks into it meets any.
SCRATCH = READ | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER
_ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV

KNOWN_ABI = 7
_RIGHTS_SINCE = {2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}
_VERSION = 1
_PATH_BENEATH = 1
_TCP = 0b11  # bind, connect
_SCOPES = 0b11  # abstract sockets, signals


def abi() -> int:
    """The kernel's Landlock ABI; 0 where there is none or it is switched off."""
    try:
        return syscalls.call("landlock_create_ruleset", None, 0, _VERSION)
    except (OSError, KeyError):
        return 0


def handled(version: int) -> int:
    """All file rights that an ABI knows."""
    rights = REFER - 1
    for since, right in _RIGHTS_SINCE.items():
        rights |= right if version >= since else 0
    return rights


class Ruleset:
    """A layer in the making; a context manager that closes its descriptor. `version` is the ABI to keep to."""

    def __init__(self, version: int) -> None:
        self._handled = handled(version)
        words = [self._handled]
        if version >= 4:
            words.append(_TCP)
        if version >= 6:
            words.append(_SCOPES)
        attributes = struct.pack(f"={len(words)}Q", *words)
        self._descriptor = syscalls.call("landlock_create_ruleset", attributes, len(attributes), 0)

    def allow(self, path: str, rights: int) -> bool:
        """Grant `rights` on `path` and below; says whether there was such a path."""
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return False  # nothing there, nothing granted
        try:
            self._add(place, rights & self._handled)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            self._add(place, rights & self._handled & _ON_FILES)  # a file takes no folder's rights
        finally:
            os.close(place)
        return True

    def _add(self, place: int, rights: int) -> None:
        rule = struct.pack("=Qi", rights, place)
        syscalls.call("landlock_add_rule", self._descriptor, _PATH_BENEATH, rule, 0)

    def restrict(self) -> None:
        """Make it a layer of this thread, for good. Needs no_new_privs."""
        syscalls.call("landlock_restrict_self", self._descriptor, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        os.close(self._descriptor)


def carve(root: Path, excluded: Iterable[Path]) -> list[Path]:
    """The paths to allow so that all below `root` can be reached but what is `excluded`.

    Descends only along the excluded ones and lists their siblings. All paths must be resolved. Where it had to
    descend, links are left out: their targets are covered where they stand, or else must not be. What is put
    into such a folder later is not covered.
    """
    holes = [hole for hole in excluded if hole == root or hole.is_relative_to(root)]
    if root in holes:
        return []
    if not holes:
        return [root]
    paths: list[Path] = []
    for entry in sorted(root.iterdir()):
        if not entry.is_symlink():
            paths += carve(entry, holes)
    return paths
