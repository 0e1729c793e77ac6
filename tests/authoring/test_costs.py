"""`autograder mistakes --costs`: what each mistake costs, and what is earned without working anything out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_course import MISTAKES, write_course

from autograder.authoring.costs import lines, of_no_work
from autograder.authoring.trials import Trials
from autograder.course.settings import find_course, load_course

if TYPE_CHECKING:
    from autograder.sandbox.server_client import WarmServer

COURSE = find_course(Path(__file__).parent)
NONE = "  - {mistake: no return, in: return 2 * x, is: pass, says: s, next: n}\n"
LABS = [
    "lab1_scalar_lstm",
    "lab2_scalar_gru",
    pytest.param("lab3_shapes", marks=pytest.mark.full),
    pytest.param("lab4_memory_task", marks=pytest.mark.full),
    pytest.param("lab5_inside_the_layer", marks=pytest.mark.full),
    pytest.param("lab6_what_gates_are_for", marks=pytest.mark.full),
]


def test_table_of_a_small_course(tmp_path: Path, server: WarmServer) -> None:
    """Dearest first, those that give an answer before those that give none; then what no work earns."""
    root = write_course(tmp_path)
    (root / "autograder" / "suites" / "tiny" / "mistakes.yml").write_text(MISTAKES + NONE)
    with Trials(load_course(root), "tiny", server) as trials:
        said = list(lines(trials))

    assert said[:5] == [
        "tiny: what each of 2 mistakes costs, of 4 points",
        "  still gives an answer of the asked form: 1; the most expensive costs 75%",
        "      3.00  double: not doubled",
        "  gives none: 1; the most expensive costs 100%",
        "      4.00  double: no return",
    ]
    assert [line.split(maxsplit=2) for line in said[6:]] == [
        ["0.00", "0%", "the notebook as it is handed out"],
        ["1.00", "25%", "the lab's own numbers, written down"],
        ["1.00", "25%", "zeros"],
        ["1.00", "25%", "ones"],
        ["1.00", "25%", "halves"],
        ["1.00", "25%", "handed back: x"],
    ]


@pytest.mark.parametrize("lab", LABS)
def test_no_work_earns_little(lab: str, server: WarmServer) -> None:
    """An untouched notebook 0; numbers typed in, zeros, ones, halves, arguments handed back at most a quarter."""
    with Trials(COURSE, lab, server) as trials:
        found = dict(of_no_work(trials))

        assert found.pop("the notebook as it is handed out") == 0
        assert {words: earned for words, earned in found.items() if earned > 0.25 * trials.max_score} == {}
