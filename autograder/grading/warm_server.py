"""The warm server that a course's submissions run on: what its children must not read, and what they will need."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.sandbox.lease import sweep
from autograder.sandbox.server_client import WarmServer

if TYPE_CHECKING:
    from collections.abc import Collection

    from autograder.course.settings import Course

MEMORY = Path("/dev/shm")  # noqa: S108  # where Linux has what processes share by name, such as a pool's semaphores
_TORCHS = "TORCHINDUCTOR_CACHE_DIR"


def tidy_up() -> None:
    """Remove what runs that were killed have left on this machine; nothing of a living one, or of somebody else's."""
    for place in (Path(tempfile.gettempdir()), MEMORY):
        sweep(place)


def warm_server(
    course: Course,
    assignments: Collection[str] = (),
    *,
    sandbox: bool = True,
    branches: int = 0,
    huge_pages: bool = False,
) -> WarmServer:
    """Make a server that gets warm for `assignments`, for any where none is named; see `WarmServer`."""
    tidy_up()
    server = WarmServer(
        sandbox=sandbox,
        forbidden=[course.root],
        branches=branches,
        huge_pages=huge_pages,
        trains=course.trains(assignments),
    )
    if not os.path.isdir(os.environ.get(_TORCHS, "")):  # noqa: PTH112  # else torch makes one in TMPDIR, and leaves it
        os.environ[_TORCHS] = str(server.scratch)
    return server
