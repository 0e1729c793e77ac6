"""The hints are true: each mistake below makes its check say the very words under which the hint is filed."""

import functools
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hint_tables import LAB1, LAB2, LAB3
from hint_tables_lab4 import LAB4, MEMORY_LAB
from rotating import turn

ROOT = Path(__file__).resolve().parents[2]

Text = str | tuple[str, ...]
Capture = pytest.CaptureFixture[str]
MISTAKES: dict[str, Any] = {
    "lab1_scalar_lstm": LAB1,
    "lab2_scalar_gru": LAB2,
    "lab3_shapes": LAB3,
    "lab4_memory_task": LAB4,
}
CASES = [  # a third each day, all with --full
    pytest.param(
        lab, task, old, new, symptom,
        id=f"{task}-{symptom}", marks=() if turn(f"{task} {old} {new}", 3) else pytest.mark.full,
    )
    for lab, tasks in MISTAKES.items()
    for task, mistakes in tasks.items()
    for old, new, symptom in mistakes
]  # fmt: skip
TASKS = [(lab, task) for lab, tasks in MISTAKES.items() for task in tasks]


@functools.cache
def solved(lab: str) -> dict[str, Any]:
    """The solved notebook's cells by id."""
    notebook = nbformat.read(ROOT / "solutions" / lab / f"{lab}.ipynb", as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def symptoms_of_hints(lab: str, task: str) -> list[str]:
    """The lines under which the task's hints are filed."""
    return re.findall(r"<summary>(.*?)</summary>", solved(lab)[f"{task}_hints"].source)


def changed(source: str, old: Text, new: Text) -> str:
    """The source with each old text, which stands in it once, written as the new one."""
    olds, news = ((text,) if isinstance(text, str) else text for text in (old, new))
    for before, after in zip(olds, news, strict=True):
        assert source.count(before) == 1, "the solution has changed: mend the table"
        source = source.replace(before, after)
    return source


def defined(lab: str, task: str, old: Text, new: Text) -> dict[str, Any]:
    """Tools, given functions and answers, with `old` in the task's answer written as `new`."""
    sources = {name: cell.source for name, cell in solved(lab).items()}
    sources[f"{task}_answer"] = changed(sources[f"{task}_answer"], old, new)
    names: dict[str, Any] = {}
    for name, cell in solved(lab).items():
        tags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and tags and not tags["grade"]:
            exec(compile(sources[name], name, "exec"), names)
    return names


def verdict(lab: str, task: str, old: Text, new: Text) -> str:
    """What the task's check says when `old` in its solution is written as `new`."""
    names = defined(lab, task, old, new)
    with pytest.raises(names["Verdict"]) as raised:
        exec(compile(solved(lab)[task].source, task, "exec"), names)
    return str(raised.value)


@pytest.mark.parametrize(("lab", "task", "old", "new", "symptom"), CASES)
def test_mistake_shows_its_symptom(lab: str, task: str, old: Text, new: Text, symptom: str) -> None:
    """The check says the symptom, and a hint is filed under it."""
    first, *_, last = symptom.split()

    assert symptom in verdict(lab, task, old, new)
    assert any(
        line in symptom or symptom in line or (first in line and last in line) for line in symptoms_of_hints(lab, task)
    )


@pytest.mark.parametrize(("lab", "task"), TASKS)
def test_no_hint_waits_for_a_number_that_never_comes(lab: str, task: str) -> None:
    """Each number in a hint's heading is the outcome of a mistake in the table."""
    promised = set(re.findall(r"\d\.\d{4}", " ".join(symptoms_of_hints(lab, task))))

    assert promised <= set(re.findall(r"\d\.\d{4}", " ".join(symptom for *_, symptom in MISTAKES[lab][task])))


@pytest.mark.full
@pytest.mark.parametrize(("task", "old", "new", "line", "words"), MEMORY_LAB)
def test_mistake_shows_in_the_log(task: str, *, old: Text, new: Text, line: int, words: str, capsys: Capture) -> None:
    """What the hints under memory_lab say of its log, or of the error in its place, is what happens."""
    names = defined("lab4_memory_task", task, old, new)
    capsys.readouterr()
    if line < 0:
        with pytest.raises(names["Verdict"]) as raised, names["in_words"]("memory_lab"):
            names["memory_lab"]()
        said = str(raised.value)
    else:
        names["memory_lab"]()
        said = capsys.readouterr().out.splitlines()[line]

    assert words in said


def test_no_hint_waits_for_a_log_that_never_comes() -> None:
    """Each loss in a heading under memory_lab is the outcome of a mistake in the table."""
    promised = re.findall(r"\d\.\d{4}", " ".join(symptoms_of_hints("lab4_memory_task", "memory_lab")))

    assert set(promised) <= set(re.findall(r"\d\.\d{4}", " ".join(words for *_, words in MEMORY_LAB)))
