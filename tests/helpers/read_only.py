"""Run a command to which a folder is read-only, root or not: `read_only.py FOLDER -- cmd ...`.

A Landlock layer of our own code, which the command inherits, grants everything else that is there when it starts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from autograder.sandbox.confinement import landlock, privileges

_ABI = 3  # files only


def main() -> None:
    """Put the layer on and become the command."""
    folder, _, *command = sys.argv[1:]
    closed = Path(folder).resolve()
    with landlock.Ruleset(_ABI) as layer:
        for path in landlock.carve(Path("/"), [closed]):
            layer.allow(str(path), landlock.handled(_ABI))
        layer.allow(str(closed), landlock.READ)
        layer.allow("/", landlock.READ_DIR)  # the folders above it are no siblings of anything
        privileges.no_new_privileges()
        layer.restrict()
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
