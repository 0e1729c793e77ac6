"""The warm server that a course's submissions run on: what its children must not read, and what they will need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.sandbox.client import WarmServer

if TYPE_CHECKING:
    from collections.abc import Collection

    from autograder.course import Course


def warm_server(
    course: Course,
    assignments: Collection[str] = (),
    *,
    sandbox: bool = True,
    branches: int = 0,
    huge_pages: bool = False,
) -> WarmServer:
    """One that gets warm for `assignments`, for any where none is named; see `WarmServer`."""
    return WarmServer(
        sandbox=sandbox,
        forbidden=[course.root],
        branches=branches,
        huge_pages=huge_pages,
        trains=course.trains(assignments),
    )
