"""A student's first hour: lab 1 in a real JupyterLab, untouched, half done, wrong and right; and a slip of the pen."""

from __future__ import annotations

import json
import linecache
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from jupyterlab import SCREEN, Walk, lab_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
LAB = "lab1_scalar_lstm"
CHECKS = ("sigmoid", "lstm_step", "run_scalar_lstm_lab", "forget_gate_effect")
WAITS = "○ Waiting for you: {} still has its `raise NotImplementedError` line."
# state -> what a student wrote: (cell, text in the solution, what stands in its place); what each check says first
STATES: dict[str, tuple[list[tuple[str, str, str]], tuple[str, str, str, str]]] = {
    "untouched": (
        [],
        (
            WAITS.format("sigmoid"),
            WAITS.format("lstm_step"),
            WAITS.format("lstm_step"),
            WAITS.format("forget_gate_effect"),
        ),
    ),
    "half": (
        [("sigmoid", "", ""), ("lstm_step", "np.tanh(c_t)", "np.tanh(c_tt)")],
        (
            "✓ sigmoid: half open at 0",
            "✗ name 'c_tt' is not defined, in line 30 of lstm_step's cell: h_t = output_gate * np.tanh(c_tt)",
            "✗ name 'c_tt' is not defined, in line 30 of lstm_step's cell",
            WAITS.format("forget_gate_effect"),
        ),
    ),
    "wrong": (
        [
            ("sigmoid", "np.exp(-x)", "np.exp(x)"),
            ("lstm_step", '"h_t": h_t', '"h_t": c_t'),
            ("forget_gate_effect", '["c_t"]', '["h_t"]'),
        ],
        (
            "✗ sigmoid(1.0) is 0.2689, but 0.7311 is expected.",
            "✗ forget_gate is 0.2689, but 0.7311 is expected.",
            "scalar_lstm_lab\nforget_gate  0.2689",
            "✗ c_t for forget logit 1.0 is",
        ),
    ),
    "right": (
        [(name, "", "") for name in ("sigmoid", "lstm_step", "forget_gate_effect")],
        (
            "✓ sigmoid: half open at 0",
            "✓ lstm_step: all six numbers agree",
            "scalar_lstm_lab\nforget_gate  0.7311",
            "✓ forget_gate_effect: one c_t per logit",
        ),
    ),
}


def notebook(folder: str) -> dict[str, Any]:
    """Lab 1's file below one of the two folders."""
    found: dict[str, Any] = json.loads((ROOT / folder / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    return found


def written(answers: list[tuple[str, str, str]]) -> dict[str, Any]:
    """The released notebook with some answers in it."""
    released, solved = notebook("assignments"), {cell["id"]: cell for cell in notebook("solutions")["cells"]}
    for name, old, new in answers:
        source = "".join(solved[f"{name}_answer"]["source"])
        assert old in source, "the solution has changed: fix the table above"
        next(c for c in released["cells"] if c["id"] == f"{name}_answer")["source"] = source.replace(old, new)
    return released


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A JupyterLab with a notebook for each state, and nothing else."""
    folder = tmp_path_factory.mktemp("first_hour") / "work"
    folder.mkdir()
    for state, (answers, _) in STATES.items():
        (folder / f"{state}.ipynb").write_text(json.dumps(written(answers)), encoding="utf-8")
    with lab_server(folder) as found:
        yield found


@pytest.mark.full
@pytest.mark.browser
@pytest.mark.parametrize("state", STATES)
def test_walk(state: str, address: str, browser: Browser, tmp_path: Path) -> None:
    """Cell by cell: each check says what the table says, in less than a screen; `WALK=folder` keeps the screenshots."""
    pictures = Path(os.environ.get("WALK") or tmp_path)
    page = browser.new_page(viewport={"width": SCREEN["width"], "height": SCREEN["height"]})
    try:
        walk = Walk(
            page,
            f"{address}/lab/workspaces/{state}/tree/{state}.ipynb",
            [cell["id"] for cell in notebook("assignments")["cells"]],
        )
        walk.through()
        for check, words in zip(CHECKS, STATES[state][1], strict=True):
            walk.picture(check, pictures / f"{state}_{check}.png")

            assert walk.said(check).startswith(words)
            assert walk.height(check) < SCREEN["height"] / 4
            assert "Traceback" not in walk.said(check)
        walk.picture("memory_fades", pictures / f"{state}_memory_fades.png")
        assert walk.cell("memory_fades").locator(".widget-slider").count() == 1
    finally:
        page.close()


@pytest.mark.parametrize("lab", sorted(path.stem for path in (ROOT / "solutions").glob("*/*.ipynb")))
def test_misspelt_name_is_shown_with_its_line(lab: str) -> None:
    """Within a function the line is said; in the check's own cell, which cell has to be run."""
    tools = {cell.id: cell.source for cell in nbformat.read(ROOT / "assignments" / lab / f"{lab}.ipynb", 4).cells}
    names: dict[str, Any] = {}
    exec(compile(tools["lab_tools"], "lab_tools", "exec"), names)
    source = "def step():\n    return hiden\n"
    linecache.cache["answer"] = (len(source), None, source.splitlines(keepends=True), "answer")
    exec(compile(source, "answer", "exec"), names)

    with pytest.raises(names["Verdict"]) as misspelt:
        exec("with in_words('step'):\n    step()", names)
    with pytest.raises(names["Verdict"]) as not_run:
        exec("with in_words('step'):\n    stepp()", names)

    assert str(misspelt.value).startswith("✗ name 'hiden' is not defined, in line 2 of step's cell: return hiden\n")
    assert str(not_run.value).startswith("✗ name 'stepp' is not defined. Run the cell")
