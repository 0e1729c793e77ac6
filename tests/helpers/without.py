"""Run a command on a kernel that seems to have no Landlock, or no seccomp: `without.py landlock -- cmd ...`.

A seccomp filter of our own assembler answers ENOSYS to the calls; the command inherits it. It stands in for an
old kernel, so that no switch for it is needed in the product.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # also where the package is not installed

from autograder.sandbox import bpf, privileges, syscalls
from autograder.sandbox.allowlist import Arg

_LANDLOCK = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
_PR_SET_SECCOMP = 22


def program(layer: str) -> bytes:
    """A filter under which `layer` is not to be had, and all else is."""
    calls = _LANDLOCK if layer == "landlock" else ("seccomp",)
    missing, allow = bpf.verdict(bpf.MISSING), bpf.verdict(bpf.ALLOW)
    verdicts = {syscalls.nr(name): missing for name in calls}
    if layer == "seccomp":
        by_option = bpf.rule_code(((Arg(0, (_PR_SET_SECCOMP,)),),), then=missing, otherwise=allow)
        verdicts[syscalls.nr("prctl")] = by_option
    return bpf.assemble(verdicts, allow, allow, syscalls.machine()).program


def main() -> None:
    """Install the filter and become the command."""
    layer, _, *command = sys.argv[1:]
    privileges.no_new_privileges()
    bpf.install(program(layer))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
