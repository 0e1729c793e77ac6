"""What is given in a released notebook does not contain what the student is asked to write."""

from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]

# Ways to write the answers, which neither a visible check nor its tools may show.
ANSWERS = {
    "lab1_scalar_lstm": ["np.exp", "tanh(", "* c_prev", "forget_gate *", "for logit in forget_logits"],
    "lab2_scalar_gru": ["tanh(x_t", "reset_gate *", "* h_prev", "(1 - ", "(1.0 - "],
    "lab3_shapes": ["nn.LSTM(", "nn.GRU(", "[:, -1", "h[-1]", "state[", "(h, c)"],
    "lab4_memory_task": [
        *["torch.rand(1)", "randn(seq_len", "stack(", "nn.GRU(", "nn.LSTM(", "[:, -1]", "h[-1]", "(h, c)"],
        *["softmax", "optim", "CrossEntropy", "backward(", "zero_grad", "step()", "argmax", "== y)", ".mean("],
    ],
    "lab5_inside_the_layer": [
        *["chunk(", "sigmoid", "tanh", "W.T", "U.T", "@ ", "stack(", "unsqueeze", "new_zeros", "[:, t]"],
        *["out[:, -1]", ".flip(", ".sqrt(", "norm(", "uniform_", ".log()", "zero_()", "no_grad", "hidden_size *"],
    ],
    "lab6_what_gates_are_for": [
        *["randint", "[rows, place", "* y - 1", "getattr(nn", "[:, -1]", "h[-1]", "optim", "CrossEntropy", "backward("],
        *["clip_grad", "zero_grad", "step()", "argmax", "== y)", "chunk(", "sigmoid", "tanh", "W.T", "U.T", "@ "],
        *["new_zeros", "[:, t]", "full_like", "in held", "set(steps"],
    ],
}


@pytest.mark.parametrize("lab", ANSWERS)
def test_given_cells_do_not_show_the_answers(lab: str) -> None:
    """No check and no tool holds an expression that a solution is made of, spelled in any of the usual ways.

    The words for known mistakes, which checks print to whom they fit, may name one; no line of a solution stands there
    (`no-solution`).
    """
    notebook = nbformat.read(ROOT / "assignments" / lab / f"{lab}.ipynb", as_version=4)
    given = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("locked")]
    sources = {cell.id: cell.source.partition("\nHINTS = {")[0] for cell in given}
    found = [(name, answer) for name, source in sources.items() for answer in ANSWERS[lab] if answer in source]

    assert len(given) >= 3
    assert found == []
