"""Why a function is not there: the message names the cell that should define it, not one that only mentions it."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import pytest

from autograder.suite.failures import StudentFailure
from autograder.suite.missing import PACKAGES, unbound_names
from autograder.suite.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.submission_process import SubmissionProcess

NEWER = "def step(x):\n    match = lambda: (yield)\n    return x if else 0\n"
PYTHON = ".".join(platform.python_version_tuple()[:2])
NEVER = "`step` is missing: no cell defines it."


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["x = 1"], NEVER),
        (["def f():\n    return step(\n"], NEVER),
        (["a = 1 / 0\ndef f():\n    return step(a)\n"], NEVER),
        (["a = 1 / 0\ndef step(x):\n    return x + a\n"], "its cell raised a ZeroDivisionError"),
        (["a = 1 / 0\nstep = lambda x: x + a\n"], "its cell raised a ZeroDivisionError"),
        (["class step:\n    a = 1 / 0\n"], "its cell raised a ZeroDivisionError"),
        (["x = 1", "def step(x)\n    return x\n"], "its cell is not valid Python"),
        (["def step_two(x)\n    return x\n"], NEVER),
        (["def Step(x): return x"], "one defines `Step`. Is it misspelt?"),
        (["def setp(x): return x"], "one defines `setp`. Is it misspelt?"),
        (
            ["class A:\n    def step(self, x): return x"],
            "it is defined inside of `A`. Move it out, to the left margin.",
        ),
        (["def main():\n    def step(x): return x"], "it is defined inside of `main`."),
        (
            ["import seaborn\ndef step(x, a=seaborn.a): return x"],
            "The package seaborn is not there where this is graded; numpy, torch",
        ),
        ([NEWER], f"its cell is not valid Python {PYTHON}, which grades here (SyntaxError"),
    ],
)
def test_the_cell_that_should_define_it_is_named(
    process: Callable[..., SubmissionProcess], sources: list[str], said: str
) -> None:
    """A broken cell is the cause only if the name would have been bound there."""
    student = Student(process(*sources, names=["step", "f"]), [])
    with pytest.raises(StudentFailure) as failure:
        student.step(1)
    assert said in failure.value.message
    assert (failure.value.step or "").startswith("Correct line ") == ("not valid Python" in said)
    assert failure.value.step is not None


def test_the_next_step_after_a_syntax_error_is_about_it(process: Callable[..., SubmissionProcess]) -> None:
    """Not the hint of the check, which is about a function that can be called."""
    student = Student(process("x = 1", "def step(x):\n    y = (x\n    return y\n", names=["step"]), [])
    with pytest.raises(StudentFailure) as failure:
        student.step(1)
    assert (failure.value.step or "").startswith("Correct line 2 of that cell")


@pytest.mark.parametrize("visible", [True, False])
@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "import seaborn as sns, lost\nimport math\ndef step(x): return sns.exp(x)\ndef f(x): return math.exp(x)",
            f"`step` raised a NameError: the package seaborn is not there where this is graded; {PACKAGES} are",
        ),
        (
            "def step(x):\n    import seaborn\ndef f(x): return 1.0",
            f"; {PACKAGES} are there where this is graded",
        ),
    ],
)
def test_a_package_that_is_not_here_costs_what_uses_it(
    process: Callable[..., SubmissionProcess],
    source: str,
    said: str,
    visible: bool,  # a parameter
) -> None:
    """The rest of its cell runs, and who needs the package is told which there are."""
    student = Student(process(source, names=["step", "f"]), [])
    student.begin(visible=visible)
    with pytest.raises(StudentFailure, match="`step` raised a ") as failure:
        student.step(1)

    assert failure.value.message.endswith(said)
    assert student.f(0) == 1.0


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def step(x): return np.exp(x)", "`step` raised a NameError: nothing is called `np` in what was handed in"),
        ("def step(x): return a + b + c + d + e", "`step` raised a NameError"),
        ("def step(x):\n    raise NameError(f\"name 'x{x}' is not defined\")", "`step` raised a NameError"),
    ],
)
def test_name_that_nothing_binds_is_told(process: Callable[..., SubmissionProcess], source: str, said: str) -> None:
    """On hidden inputs too, if the code has at most four such names; a name that the code makes up is not told."""
    student = Student(process(source, names=["step"]), [])
    student.begin(visible=False)
    with pytest.raises(StudentFailure) as failure:
        student.step(1)

    assert failure.value.message == said


def test_likely_import_is_the_next_step(process: Callable[..., SubmissionProcess]) -> None:
    """For the usual names of the usual packages."""
    student = Student(process("def step(x): return np.exp(x)", names=["step"]), [])
    with pytest.raises(StudentFailure) as failure:
        student.step(1)

    assert failure.value.step == "Add `import numpy as np` to the notebook."


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (["import math\ndef f(x): return math.exp(x) + y"], {"y"}),
        (["def f(x):\n    global k\n    k = x\n    return [z for z in x if z]", "print(k)"], set()),
        (["%matplotlib inline\ndisplay(get_ipython())\ndef f(): return g()"], {"g"}),
        (["from math import *\nf = floor(pi)"], set()),
        (["def broken(", "x = q"], {"q"}),
        (["files = !ls\nimport numpy as np", "x = np.exp(q)"], {"q"}),
    ],
)
def test_names_that_nothing_binds(sources: list[str], names: set[str]) -> None:
    """Counted without running the code, over all cells; unknown after a star import."""
    assert unbound_names(tuple(sources)) == names
