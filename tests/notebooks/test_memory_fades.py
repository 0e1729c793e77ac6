"""Lab 1's live control: it asks for nothing that a student's machine may lack."""

import sys
from pathlib import Path

import nbformat
import pytest

LAB = Path(__file__).resolve().parents[2] / "assignments" / "lab1_scalar_lstm" / "lab1_scalar_lstm.ipynb"


@pytest.mark.filterwarnings("ignore:FigureCanvasAgg is non-interactive")
@pytest.mark.parametrize("missing", [[], ["ipywidgets"], ["matplotlib"], ["ipywidgets", "matplotlib"]])
def test_control_runs_whatever_is_missing(
    missing: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a slider there is a plot, and without a plot a table of what is left after 20 steps."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    source = {cell.id: cell.source for cell in nbformat.read(LAB, as_version=4).cells}["memory_fades"]

    exec(compile(source, "memory_fades", "exec"), {})

    out = capsys.readouterr().out
    assert ("step 20: 0.874" in out) == ("matplotlib" in missing)
    assert ("install ipywidgets" in out) == (missing == ["ipywidgets"])
