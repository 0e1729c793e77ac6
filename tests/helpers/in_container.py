"""Run a command under a container's seccomp profile and capabilities: `in_container.py PROFILE.json -- cmd ...`.

The profile is the file that Podman and Docker take, made a filter by libseccomp, as they do it. Of the capabilities
those stay that Podman gives by default; of the rest of a container (namespaces, cgroups) there is nothing here.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path
from typing import Any

_ALLOW, _ERRNO = 0x7FFF_0000, 0x0005_0000
_EPERM = 1
_OPERATORS = {"SCMP_CMP_NE": 1, "SCMP_CMP_LT": 2, "SCMP_CMP_LE": 3, "SCMP_CMP_EQ": 4, "SCMP_CMP_GE": 5,
              "SCMP_CMP_GT": 6, "SCMP_CMP_MASKED_EQ": 7}  # fmt: skip
_KEPT = {
    "CAP_CHOWN": 0,
    "CAP_DAC_OVERRIDE": 1,
    "CAP_FOWNER": 3,
    "CAP_FSETID": 4,
    "CAP_KILL": 5,
    "CAP_SETGID": 6,
    "CAP_SETUID": 7,
    "CAP_SETPCAP": 8,
    "CAP_NET_BIND_SERVICE": 10,
    "CAP_SYS_CHROOT": 18,
    "CAP_SETFCAP": 31,
}
_PR_CAPBSET_DROP, _LAST_CAPABILITY = 24, 63


class Comparison(ctypes.Structure):
    """libseccomp's `scmp_arg_cmp`."""

    _fields_ = (
        ("arg", ctypes.c_uint),
        ("op", ctypes.c_int),
        ("datum_a", ctypes.c_uint64),
        ("datum_b", ctypes.c_uint64),
    )


def action(name: str, errno: int | None) -> int:
    """An action as a number."""
    return _ALLOW if name == "SCMP_ACT_ALLOW" else _ERRNO | (_EPERM if errno is None else errno)


def holds(rule: dict[str, Any], machine: str) -> bool:
    """Whether a rule is for this machine and for the capabilities that are kept."""
    included, excluded = (rule.get(key) or {} for key in ("includes", "excludes"))
    arches = {"x86_64": {"amd64", "x86", "x32"}, "aarch64": {"arm64", "arm"}}[machine]
    if not set(included.get("caps", [])) <= set(_KEPT) or set(excluded.get("caps", [])) & set(_KEPT):
        return False
    return not (included.get("arches") and not arches & set(included["arches"])) and not arches & set(
        excluded.get("arches", [])
    )


def load(profile: dict[str, Any]) -> None:
    """Put this process under the profile; raises `OSError` with the name of the call that can't be."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    default = action(profile["defaultAction"], profile.get("defaultErrnoRet"))
    context = ctypes.c_void_p(library.seccomp_init(default))
    for rule in profile["syscalls"]:
        what = action(rule["action"], rule.get("errnoRet"))
        if what == default or not holds(rule, os.uname().machine):
            continue
        tests = [
            Comparison(part["index"], _OPERATORS[part["op"]], part["value"], part.get("valueTwo", 0))
            for part in rule.get("args") or []
        ]
        for name in rule["names"]:
            number = library.seccomp_syscall_resolve_name(name.encode())
            if number >= 0:
                array = (Comparison * len(tests))(*tests)
                library.seccomp_rule_add_array(context, what, number, len(tests), array)
    if library.seccomp_load(context):
        raise OSError("libseccomp can't load the profile")


def main() -> None:
    """Drop capabilities, load the filter, and become the command."""
    profile, _, *command = sys.argv[1:]
    libc = ctypes.CDLL(None)
    for capability in set(range(_LAST_CAPABILITY)) - set(_KEPT.values()):
        libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    load(json.loads(Path(profile).read_text(encoding="utf-8")))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
