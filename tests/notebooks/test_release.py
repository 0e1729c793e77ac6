"""The students' notebooks: what is released is fresh, gives nothing away, and behaves in a real kernel."""

import ast
import functools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
LABS = sorted(path.stem for path in (ROOT / "solutions").glob("*/*.ipynb"))

# The lesson's exact outputs, as the solved notebooks must print them.
PRINTED = {
    "lab1_scalar_lstm": """\
scalar_lstm_lab
forget_gate  0.7311
input_gate   0.5498
output_gate  0.6682
c_t          0.9787
h_t          0.5028
""",
    "lab2_scalar_gru": """\
scalar_gru_lab
update_gate  0.6900
reset_gate   0.4256
h_candidate  0.8849
h_t          0.8276
""",
    "lab3_shapes": """\
shape_lab
lstm_out: (4, 6, 16)
lstm_h  : (1, 4, 16)
lstm_c  : (1, 4, 16)
gru_out : (4, 6, 16)
gru_h   : (1, 4, 16)
""",
    "lab4_memory_task": """\
memory epoch=01 loss=0.7465 acc=0.431
memory epoch=20 loss=0.6691 acc=0.569
memory epoch=40 loss=0.0023 acc=1.000
memory epoch=60 loss=0.0001 acc=1.000
memory epoch=80 loss=0.0001 acc=1.000
final_acc 1.0
""",
    "lab5_inside_the_layer": """\
count_lab
RNN     416
GRU    1248
LSTM   1664
""",
    "lab6_what_gates_are_for": """\
show_row
bits  -++--+++--+++++-++---+----++-+
mark  .......^......................
label 1
""",
}


def master(lab: str) -> Path:
    """The one notebook that people edit."""
    return ROOT / "solutions" / lab / f"{lab}.ipynb"


def released(lab: str) -> Path:
    """What students get."""
    return ROOT / "assignments" / lab / f"{lab}.ipynb"


@functools.cache
def cells(path: Path) -> list[Any]:
    """The cells of a notebook as it lies on disk."""
    return list(nbformat.read(path, as_version=4).cells)


@functools.cache
def run(path: Path) -> list[Any]:
    """The cells after a run in a real kernel that goes on after errors; no test changes them."""
    notebook = nbformat.read(path, as_version=4)
    # Generous limits: they end a hung kernel, they don't time a busy machine.
    client = NotebookClient(notebook, timeout=120, startup_timeout=120, allow_errors=True, kernel_name="python3")
    client.execute()
    return list(notebook.cells)


def nbgrader(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run an nbgrader command; it starts `alembic` by name, so this environment's scripts come first."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=cwd,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def tags(cell: Any) -> dict[str, Any]:
    """What nbgrader knows about a cell."""
    return dict(cell.metadata.get("nbgrader", {}))


def is_autograded(cell: Any) -> bool:
    """Whether the cell is a visible check."""
    return bool(tags(cell).get("grade")) and not tags(cell).get("solution")


def errors(ran: list[Any]) -> dict[str, str]:
    """The text of each error, by the id of the cell that raised it."""
    return {
        cell.id: output.evalue for cell in ran for output in cell.get("outputs", []) if output.output_type == "error"
    }


def printed(ran: list[Any], stream: str) -> str:
    """All that the cells wrote to one stream."""
    outputs = [output for cell in ran for output in cell.get("outputs", [])]
    return "".join(out.text for out in outputs if out.output_type == "stream" and out.name == stream)


def secret_lines(lab: str) -> set[str]:
    """The lines in a master's solution regions that stand nowhere else in it, too short ones left out."""
    inside: set[str] = set()
    outside: set[str] = set()
    for cell in cells(master(lab)):
        secret = False
        for line in map(str.strip, cell.source.splitlines()):
            secret = (secret or "BEGIN SOLUTION" in line) and "END SOLUTION" not in line
            (inside if secret else outside).add(line)
    return {line for line in inside - outside if len(line) >= 12}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All labs as `nbgrader generate_assignment` makes them now."""
    folder = tmp_path_factory.mktemp("generated")
    done = nbgrader(
        "generate_assignment",
        "--assignment=*",
        f"--CourseDirectory.release_directory={folder / 'release'}",
        f"--db=sqlite:///{folder / 'gradebook.db'}",
        "--NbGrader.logfile=",
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "release"


@pytest.mark.parametrize("lab", LABS)
def test_release_is_fresh(lab: str, generated: Path) -> None:
    """Generating a lab anew gives the committed release, byte for byte."""
    fresh = generated / lab / f"{lab}.ipynb"
    stale = f"stale: run `nbgrader generate_assignment {lab} --force`"
    assert fresh.read_bytes() == released(lab).read_bytes(), stale


@pytest.mark.parametrize("lab", LABS)
def test_release_gives_nothing_away(lab: str) -> None:
    """No line of a solution, of a model answer or of a marking guide stands in a released file."""
    assert len(secret_lines(lab)) >= 5
    for path in (ROOT / "assignments").rglob("*"):
        text = "\n".join(cell.source for cell in cells(path)) if path.suffix == ".ipynb" else ""
        found = [line for line in secret_lines(lab) if line in text]

        assert not found, path.name
        assert not any(mark in text for mark in ("SOLUTION", "MARK SCHEME", "HIDDEN TESTS")), path.name


@pytest.mark.parametrize("lab", LABS)
def test_notebooks_hold_no_outputs_and_keep_their_ids(lab: str) -> None:
    """Neither notebook carries outputs, both have the same unique cell ids, and a diff shows lines."""
    for path in (master(lab), released(lab)):
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells(path))
        sources = [cell["source"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
        assert all(isinstance(source, list) for source in sources)
    ids = [cell.id for cell in cells(master(lab))]

    assert len(ids) == len(set(ids))
    assert ids == [cell.id for cell in cells(released(lab))]


@pytest.mark.parametrize("lab", LABS)
def test_each_stub_raises_with_its_task_name(lab: str) -> None:
    """Where the master has a solution region, the release raises NotImplementedError with the task's name."""
    regions = {cell.id: cell.source.count("### BEGIN SOLUTION") for cell in cells(master(lab))}
    stubs = [cell for cell in cells(released(lab)) if cell.cell_type == "code" and tags(cell).get("solution")]
    assert stubs

    for cell in stubs:
        task = tags(cell)["grade_id"].removesuffix("_answer")
        raised = [ast.unparse(node) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Raise)]
        mine = f"raise NotImplementedError('{task}: replace this line with your code')"
        assert raised.count(mine) == regions[cell.id] > 0
        assert tags(cell)["grade_id"] == f"{task}_answer"
        assert task in {tags(check).get("grade_id") for check in cells(released(lab)) if is_autograded(check)}


@pytest.mark.rotating
@pytest.mark.parametrize("lab", LABS)
def test_released_notebook_waits_and_nothing_else_breaks(lab: str) -> None:
    """Untouched, each check and each call of a stub says in two lines what it waits for; all else runs."""
    ran = run(released(lab))
    failed = errors(ran)

    assert {cell.id for cell in ran if is_autograded(cell)} <= failed.keys()
    for cell_id, text in failed.items():
        assert text.startswith("○ Waiting for you: "), (cell_id, text)
        assert len(text.splitlines()) <= 2, (cell_id, text)
    assert printed(ran, "stderr") == ""


@pytest.mark.rotating
@pytest.mark.parametrize("lab", LABS)
def test_untouched_check_shows_words_instead_of_a_traceback(lab: str) -> None:
    """What the notebook displays for an untouched stub is the two lines themselves."""
    for cell in run(released(lab)):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                assert "\n".join(output.traceback) == output.evalue


@pytest.mark.rotating
@pytest.mark.parametrize("lab", LABS)
def test_solution_runs_clean_and_prints_the_lesson(lab: str) -> None:
    """The solved notebook raises nothing, warns of nothing and prints the lesson's outputs to the digit."""
    ran = run(master(lab))

    assert errors(ran) == {}
    assert printed(ran, "stderr") == ""
    assert PRINTED[lab] in printed(ran, "stdout")


@pytest.mark.rotating
@pytest.mark.parametrize("lab", LABS)
def test_nbgrader_validate_tells_solved_from_released(lab: str, tmp_path: Path) -> None:
    """`nbgrader validate` passes the release once it is filled in, and counts its open tasks before."""
    notebook = nbformat.read(released(lab), as_version=4)
    nbformat.write(notebook, tmp_path / "released.ipynb")
    graded = sum(bool(tags(cell).get("grade")) for cell in notebook.cells)
    for cell, solved in zip(notebook.cells, cells(master(lab)), strict=True):
        if tags(cell).get("solution"):
            cell.source = solved.source
    nbformat.write(notebook, tmp_path / "solved.ipynb")

    done = nbgrader("validate", "--Execute.iopub_timeout=60", "released.ipynb", "solved.ipynb", cwd=tmp_path)

    # The line breaks fall where the count's width puts them.
    said = " ".join(done.stdout.split())
    assert f"VALIDATION FAILED ON {graded} CELL(S)!" in said, done.stderr[-2000:]
    assert said.count("VALIDATION FAILED") == 1
    assert said.endswith("Success! Your notebook passes all the tests.")
