"""Random inputs: what they depend on, and that no pool can be made, or worked out, at home."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from autograder.suite import pooled, seed_of
from autograder.suite.outcomes import SuiteRun

if TYPE_CHECKING:
    import numpy as np

NOBODY: Any = SimpleNamespace(may_show=True)


def draw(
    secret: str = "a secret", whose: str = "ada", digest: str = "d", check: str = "f.values"
) -> np.random.Generator:
    """The random numbers of one submission and check."""
    return SuiteRun(student=NOBODY, reference=NOBODY, secret=secret, whose=whose, digest=digest).draws(check)


@pytest.mark.parametrize("other", [{"secret": "another"}, {"whose": "eve"}, {"digest": "e"}, {"check": "f.more"}])
def test_inputs_depend_on_secret_student_code_and_check(other: dict[str, str]) -> None:
    """The same four give the same numbers, and each of them other ones."""
    assert draw().random() == draw().random()
    assert draw().random() != draw(**other).random()


def test_a_student_s_name_and_code_can_t_be_put_together_otherwise() -> None:
    """Where one ends and the other begins is part of it."""
    assert draw(whose="ad", digest="ad").random() != draw(whose="a", digest="dad").random()


def test_a_pool_is_the_course_s_own() -> None:
    """There are as many things as asked for, the same for all students of a course, and none is another course's."""
    mine = {pooled(draw(whose=str(n)), 8) for n in range(200)}
    others = {pooled(draw(secret="another", whose=str(n)), 8) for n in range(200)}

    assert len(mine) == len(others) == 8
    assert not mine & others
    assert {number % 8 for number in mine} == set(range(8))
    assert min(mine | others) > 2**64


def test_a_seed_tells_no_number() -> None:
    """What a child is seeded with fits all generators, and is short: the number of a pool has 120 bits more."""
    numbers = [pooled(draw(whose=str(n)), 8) for n in range(50)]
    seeds = {seed_of(number, what) for number in numbers for what in ("data", "module")}

    assert len(seeds) == 2 * len({*numbers})
    assert all(0 <= seed < 2**31 for seed in seeds)
