"""Run a command on a kernel that seems to have no Landlock, or no seccomp: `without.py landlock -- cmd ...`.

A seccomp filter of our own assembler answers ENOSYS to the calls; the command inherits it. It stands in for an
old kernel, so that no switch for it is needed in the product.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # also where the package is not installed

from autograder.sandbox.confinement import privileges, seccomp_filter, syscalls
from autograder.sandbox.confinement.allowlist import Arg

_LANDLOCK = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
_PR_SET_SECCOMP = 22


def program(layer: str) -> bytes:
    """A filter under which `layer` is not to be had, and all else is."""
    calls = _LANDLOCK if layer == "landlock" else ("seccomp",)
    missing, allow = seccomp_filter.verdict(seccomp_filter.MISSING), seccomp_filter.verdict(seccomp_filter.ALLOW)
    verdicts = {syscalls.nr(name): missing for name in calls}
    if layer == "seccomp":
        by_option = seccomp_filter.rule_code(((Arg(0, (_PR_SET_SECCOMP,)),),), then=missing, otherwise=allow)
        verdicts[syscalls.nr("prctl")] = by_option
    return seccomp_filter.assemble(verdicts, allow, allow, syscalls.machine()).program


def main() -> None:
    """Install the filter and become the command."""
    layer, _, *command = sys.argv[1:]
    privileges.no_new_privileges()
    seccomp_filter.install(program(layer))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
