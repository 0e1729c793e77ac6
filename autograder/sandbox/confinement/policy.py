"""Work out what student code may read, once per machine and interpreter, and what this machine offers.

Theory of operation. A child may read the interpreter's standard library and shared libraries, the site-packages that
`sys.path` names, the system's libraries, fonts, time zones, and a few devices. It may not read the current folder, the
user's home beyond the interpreter, or anything of /proc or /etc beyond what is named here.

These are carved out of the trees: `autograder` wherever a site-packages folder has it, with everything that tells
where it comes from (`__editable__*`, `*.dist-info`), and the caller's `forbidden` roots. A readable tree that
stands *inside* a forbidden root stays readable: a virtual environment in the course's folder is the usual case.

The carved list is long, some hundred siblings of a hole in site-packages, so it is a layer of the warm server's,
once, which all children inherit. All that a child's own layer adds is to tell the scratch folders apart: its own
is granted, and beside it the top-level folders in which something is readable. Layers intersect, so that such a
coarse rule gives nothing that the carved list does not give.
"""

from __future__ import annotations

import os
import stat
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.sandbox import site_packages
from autograder.sandbox.confinement import landlock, seccomp_filter, syscalls
from autograder.sandbox.errors import SWITCH, SandboxUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64")
_DATA = (
    *("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo"),
    *("/usr/share/fonts", "/usr/local/share/fonts"),
    *("/proc/cpuinfo", "/sys/devices/system/cpu"),  # numerical libraries choose their kernels by these
)
_DEVICES = {
    "/dev/null": landlock.READ_FILE | landlock.WRITE_FILE | landlock.TRUNCATE,
    "/dev/zero": landlock.READ_FILE,
    "/dev/urandom": landlock.READ_FILE,
    "/dev/random": landlock.READ_FILE,
}
_PACKAGE = Path(__file__).resolve().parents[2]  # the autograder package itself
_WAY_OUT = f"grade on Linux 5.13 or newer with both, or {SWITCH} if you trust every submission"

Rules = tuple[tuple[str, int], ...]  # paths as text: a fresh child has no time for pathlib


@dataclass
class Policy:
    """The files that student code may read; made once in the warm server, before anything is confined.

    `trees` are whole, `rules` is what Landlock is told: the trees less the holes, and single files. The rest is
    set by `confine_server` and holds in this process and every fork of it.
    """

    abi: int
    program: seccomp_filter.Filter
    trees: tuple[str, ...]
    rules: Rules
    others_reach_it: bool  # whether another user could run this interpreter
    layered: bool = False  # this process is under `rules` already
    coarse: Rules = ()  # top-level folders, for a child's own layer
    scratch_base: str = ""
    inherited_bytes: int = 0  # address space of the warm server, for children that can't look it up

    @classmethod
    def for_interpreter(cls, forbidden: Iterable[str | Path] = (), *, abi: int | None = None) -> Policy:
        """The policy for the running interpreter; `abi` pretends an older kernel. Raises `SandboxUnavailable`."""
        version = require() if abi is None else min(abi, require())
        sites = _site_folders()
        trees = _outermost([*sites, *_library_folders(), *map(Path, _SYSTEM)])
        holes = {Path(path).resolve() for path in forbidden} | _leftovers(trees, sites)
        extras = [(path, landlock.READ) for path in _DATA] + list(_DEVICES.items())
        extras = [(path, rights) for path, rights in extras if Path(path).exists()]
        carved: list[tuple[str, int]] = []
        for tree in trees:
            pieces = landlock.carve(tree, holes)
            carved += [(str(piece), landlock.READ) for piece in pieces]
            if pieces != [tree]:  # the import system lists folders: names may be seen, contents not
                carved.append((str(tree), landlock.READ_DIR))
        return cls(
            abi=version,
            program=seccomp_filter.child_filter(syscalls.machine(), deny_truncate=version < 3),
            trees=tuple(str(tree) for tree in trees),
            rules=(*carved, *extras),
            others_reach_it=all(reachable_by_others(tree) for tree in [*sites, *_library_folders()]),
        )

    def holds(self, path: str) -> bool:
        """Tell whether `path` lies in a readable tree: no place for what student code must not read."""
        return any(f"{path}/".startswith(f"{tree}/") for tree in self.trees)

    def coarse_rules(self, scratch_base: str) -> Rules:
        """Return `rules` by their top-level folders, but not by one that the scratch folders are in."""
        rights: dict[str, int] = {}
        for path, right in self.rules:
            top = "/" + Path(path).parts[1]
            place = path if f"{scratch_base}/".startswith(f"{top}/") else top
            rights[place] = rights.get(place, 0) | right
        return tuple(rights.items())


def offer() -> dict[str, Any]:
    """Return what this machine offers for a sandbox. Confines nothing."""
    return {
        "architecture": syscalls.machine() if sys.platform == "linux" else sys.platform,
        "kernel": os.uname().release,
        "landlock": landlock.abi(),
        "seccomp": _has_seccomp(),
        "root": os.geteuid() == 0,
    }


def _has_seccomp() -> bool:
    return syscalls.machine() in syscalls.TABLES and seccomp_filter.available()


def require() -> int:
    """The Landlock ABI; raises `SandboxUnavailable` with one line that says what this machine lacks."""
    if sys.platform != "linux":
        raise SandboxUnavailable(f"The sandbox needs Linux, this is {sys.platform}: {_WAY_OUT}.")
    arch = syscalls.machine()
    if arch not in syscalls.TABLES:
        raise SandboxUnavailable(f"The sandbox knows x86_64 and aarch64, this is {arch}: {_WAY_OUT}.")
    missing = [
        name for name, there in (("Landlock", landlock.abi()), ("seccomp", seccomp_filter.available())) if not there
    ]
    if missing:
        raise SandboxUnavailable(
            f"The sandbox needs {' and '.join(missing)}, which this kernel ({os.uname().release}) "
            f"or its container does not offer: {_WAY_OUT}."
        )
    return min(landlock.abi(), landlock.KNOWN_ABI)


def _site_folders() -> list[Path]:
    """The site-packages of `sys.path`."""
    return [Path(entry).resolve() for entry in sys.path if site_packages.is_library(entry)]


def _library_folders() -> list[Path]:
    """Standard library and libpython: the library folders of the base interpreter, the stdlib where it is."""
    folders = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    folders |= {Path(prefix, name) for prefix in (sys.base_prefix, sys.base_exec_prefix) for name in ("lib", "lib64")}
    return [folder.resolve() for folder in folders if folder.is_dir()]


def _outermost(paths: Iterable[Path]) -> list[Path]:
    found = {path.resolve() for path in paths if path.exists()}
    return sorted(path for path in found if not any(parent in found for parent in path.parents))


def _leftovers(trees: Iterable[Path], sites: Iterable[Path]) -> set[Path]:
    """Our own package wherever it is installed, with whatever tells where it was installed from."""
    folders = set(sites)
    for tree in trees:
        folders |= {path.resolve() for path in tree.glob("python3*/*-packages") if path.is_dir()}
    names = (entry for folder in folders for entry in folder.iterdir())
    return {_PACKAGE} | {
        entry for entry in names if "autograder" in entry.name.lower() or entry.name.startswith("__editable__")
    }


def reachable_by_others(folder: Path, *, list_it: bool = True) -> bool:
    """Tell whether a user who owns nothing here can get into `folder`, and list it."""
    try:
        *above, last = [stat.S_IMODE(path.stat().st_mode) for path in (*reversed(folder.parents), folder)]
    except OSError:
        return False
    return all(mode & stat.S_IXOTH for mode in above) and last & (wanted := 0o5 if list_it else 0o1) == wanted
