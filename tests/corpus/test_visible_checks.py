"""The notebooks' own checks: correct work of the corpus passes every one of them, whatever its style."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from harness import Case, build, read_cases
from rotating import DAY

from autograder.course.settings import Course, find_course

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def course() -> Course:
    """The course that this repository is."""
    return find_course()


@pytest.fixture(autouse=True)
def _defaults() -> Iterator[None]:
    """What a case changes in torch itself is put back."""
    dtype, state, threads = torch.get_default_dtype(), torch.get_rng_state(), torch.get_num_threads()
    yield
    torch.set_default_dtype(dtype)
    torch.set_rng_state(state)
    torch.set_num_threads(threads)


def cases() -> Iterator[object]:
    """The correct ones that a kernel is not needed for; those not in the day's third are marked `full`."""
    for case in read_cases(Path(__file__).parent):
        if case.sort == "correct" and "# %%" not in case.body:
            yield pytest.param(case, id=case.label, marks=() if case.turn(DAY) else pytest.mark.full)


@pytest.mark.parametrize("case", list(cases()))
@pytest.mark.filterwarnings("ignore")  # students' warnings cost nothing
def test_correct_work_passes_every_visible_check(case: Case, course: Course) -> None:
    """Tools, given functions and answers first, then the checks; experiments of the notebook are left out."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = [cell for cell in build(case, course)["cells"] if cell["cell_type"] == "code"]
    wanted = [cell for cell in cells if "nbgrader" in cell["metadata"] or "id" not in cell]  # no id: the case's own
    checks = [cell for cell in wanted if cell["metadata"].get("nbgrader", {}).get("points")]

    for cell in [*(cell for cell in wanted if cell not in checks), *checks]:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile("".join(cell["source"]), cell.get("id", "the case's own"), "exec"), names)
