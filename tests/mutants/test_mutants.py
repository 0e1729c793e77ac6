"""Mutants: which changes are made, that a weak suite is found out, and that the course's suites let none live."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.authoring.mutants.mutate import mutants
from autograder.authoring.mutants.survivors import FILE, MISSED, lines, listed, tally
from autograder.authoring.new_lab.lab import make_lab
from autograder.course.settings import find_course, load_course
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.sandbox.server_client import WarmServer

COURSE = find_course(Path(__file__).parent)
STRICT = "answer.right("
WEAK = "answer.answers("


def changes(body: str, head: str = "def f(a, b):") -> set[str]:
    """What the changed statements of a function read."""
    return {mutant.changed for mutant in mutants("f", f"{head}\n    {body}")}


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("return a + b", {"return a - b", "return a * b", "return b + b", "return a + a", "pass"}),
        ("return a > 3", {"return a >= 3", "return a <= 3", "return a > 4", "return a > 2", "return b > 3", "pass"}),
        ("return a and True", {"return a or True", "return a and False", "return b and True", "pass"}),
        ("return g(a, k=1)", {"return g(a)", "return g(b, k=1)", "return g(a, k=2)", "return g(a, k=0)", "pass"}),
        ("return g(h(1.0))", {"return h(1.0)", "return g(1.0)", "return g(g(1.0))", "return h(h(1.0))"}),
        ("return (a, -b)", {"return (-b, a)", "return (a, b)", "return (b, -b)", "return (a, -a)", "pass"}),
        ("return {'x': a}", {"return {'x_': a}", "return {'x': b}", "pass"}),
        ("return a[-1]", {"return a", "return b[-1]", "return a[1]", "return a[-2]", "return a[-0]", "pass"}),
    ],
)
def test_expressions(body: str, changed: set[str]) -> None:
    """Operators, constants, names, arguments, keys: each in its turn, one at a time."""
    assert changed <= changes(body)


def test_statements() -> None:
    """A loop left after one round, a condition turned round or dropped, a block without its `with`."""
    loop = changes("for x in a: b.append(x)")
    branch = changes("if a: b.pop()")

    assert {"pass", "for x in a: … break"} <= loop
    assert {"pass", "if not a:", "if True:"} <= branch
    assert "if True:" in changes("with a: b.pop()")


def test_what_no_contract_covers_is_left_alone() -> None:
    """Docstrings, annotations, the text of an exception; and a change that changes nothing is none."""
    head = "def f(a: 'x' = 1) -> 'y':\n    'Docstring.'"

    assert changes("raise ValueError('text')", head) == {"def f(a: 'x'=2) -> 'y':", "def f(a: 'x'=0) -> 'y':", "pass"}


def test_weak_suite_is_found_out(tmp_path: Path, server: WarmServer) -> None:
    """Mutants that live are listed, and so are entries of the list that are not so."""
    (tmp_path / "course.yml").write_text("title: T\nsecret: only-for-tests\nassignments: {}\n")
    make_lab(load_course(tmp_path), "lab", "answer", "T")
    course = load_course(tmp_path)
    suite = course.suite("lab")
    (course.home("lab") / FILE).write_text(
        "- function: answer\n  reason: tried\n  changes:\n"
        "  - return 2 * x + 0.25 → pass\n  - return 2 * x + 0.25 → return 3 * x + 0.25\n  - gone\n"
    )
    suite.write_text(suite.read_text().replace(STRICT, WEAK))

    found = tally(course, "lab", server)

    assert found.made == found.killed + found.equivalent + len(found.alive)
    assert "return 2 * x + 0.25 → return 2 * x - 0.25" in [mutant.change for mutant in found.alive]
    assert found.equivalent == 1
    assert found.wrong == [
        "answer: return 2 * x + 0.25 → pass: answer.values notices it",
        "answer: gone: no such mutant",
    ]
    assert next(iter(lines(found))) == f"lab: {found.made} mutants, 1 killed, 1 equivalent, {len(found.alive)} alive"


def test_suite_that_breaks_is_told_with_its_place(tmp_path: Path, server: WarmServer) -> None:
    """File, line and what was raised come first; the other mutants are tried all the same."""
    (tmp_path / "course.yml").write_text("title: T\nsecret: only-for-tests\nassignments: {}\n")
    make_lab(load_course(tmp_path), "lab", "answer", "T")
    course = load_course(tmp_path)
    suite = course.suite("lab")
    suite.write_text(suite.read_text().replace("    answer.right(", "    student.answer(1.0) + 1\n    answer.right("))

    found = tally(course, "lab", server)

    assert not found.clean
    (told,) = found.broken
    assert told.startswith("autograder/suites/test_lab.py, line 20: TypeError: unsupported operand type(s) for +: ")
    assert told.endswith(" [answer: return 2 * x + 0.25 → pass]")
    assert next(iter(lines(found))).endswith(", 0 alive, 1 break the suite")
    assert found.killed == found.made - 1


def test_broken_list_is_wrong_usage(tmp_path: Path) -> None:
    """An entry without a reason is refused, with the place."""
    (tmp_path / "course.yml").write_text("title: T\nsecret: only-for-tests\nassignments: {}\n")
    (tmp_path / "autograder" / "suites").mkdir(parents=True)
    (tmp_path / "autograder" / "suites" / "lab").mkdir(parents=True)
    (tmp_path / "autograder" / "suites" / "lab" / FILE).write_text("- function: f\n  changes: []\n")

    with pytest.raises(UsageError, match="reason"):
        listed(load_course(tmp_path).home("lab"))


@pytest.mark.parametrize("file", [FILE, MISSED])
def test_every_listed_mutant_has_a_reason(file: str) -> None:
    """A sentence, not a word."""
    entries = [entry for lab in COURSE.settings.assignments for entry in listed(COURSE.home(lab), file)]

    assert all(len(entry.reason) > 30 for entry in entries)


@pytest.mark.rotating
@pytest.mark.parametrize("lab", ["lab1_scalar_lstm", "lab2_scalar_gru"])
def test_sample_does_not_live(lab: str, server: WarmServer) -> None:
    """A dozen mutants of the quick labs."""
    found = tally(COURSE, lab, server, sample=12)

    assert found.clean, list(lines(found))
    assert found.made == 12
