"""Define a rule: a function from a course to findings, each of which says what is wrong, where, and how to fix it.

A rule has one name, which people give to `--rule` and which a finding carries. Slow rules run the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from autograder.authoring.verify.labs import CourseView


class Finding(NamedTuple):
    """One thing that is wrong: the place, the fact, and what to do about it."""

    where: str
    what: str
    mend: str


Body = Callable[["CourseView"], Iterator[Finding]]


class Rule(NamedTuple):
    """A rule by its name; `demands` is what it wants, in one line."""

    name: str
    demands: str
    body: Body
    slow: bool


RULES: dict[str, Rule] = {}


def rule(name: str, *, slow: bool = False) -> Callable[[Body], Body]:
    """Make a rule of a function whose docstring says in its first line what the rule demands."""

    def note(body: Body) -> Body:
        demands = (body.__doc__ or "").partition("\n")[0].strip()
        RULES[name] = Rule(name, demands, body, slow)
        return body

    return note
