"""The hints are true: each mistake below makes its check say the very words under which the hint is filed."""

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]

CHAINED = """c = [0.8]
    for logit in forget_logits:
        c.append(lstm_step(c[-1], logit, 0.2, 0.7, 0.9)["c_t"])
    return c[1:]
    [lstm_step(0.8, logit, 0.2, 0.7, 0.9)"""

# task -> [(text in the solution, what a student may write in its place, what the check then says)]
LAB1 = {
    "sigmoid": [
        ("np.exp(-x)", "np.exp(x)", "sigmoid(1.0) is 0.2689"),
        ("(1.0 + np.exp(-x))", "1.0 + np.exp(-x)", "sigmoid(0.0) is 2.0000"),
        ("1.0 / (1.0 + np.exp(-x))", "np.tanh(x)", "sigmoid(0.0) is 0.0000"),
        ("return 1.0", "1.0", "sigmoid(0.0) is None"),
    ],
    "lstm_step": [
        ("= sigmoid(forget_logit)", "= forget_logit", "forget_gate is 1.0000"),
        ("= sigmoid(input_logit)", "= input_logit", "input_gate is 0.2000"),
        ("= sigmoid(output_logit)", "= output_logit", "output_gate is 0.7000"),
        ("sigmoid(forget_logit)", "np.tanh(forget_logit)", "forget_gate is 0.7616"),
        ("sigmoid(forget_logit)", "sigmoid(input_logit)", "forget_gate is 0.5498"),
        ("sigmoid(input_logit)", "sigmoid(forget_logit)", "input_gate is 0.7311"),
        ("np.tanh(candidate_logit)", "sigmoid(candidate_logit)", "c_tilde is 0.7109"),
        ("np.tanh(candidate_logit)", "candidate_logit", "c_tilde is 0.9000"),
        ("forget_gate * c_prev + input_gate * c_tilde", "input_gate * c_prev + forget_gate * c_tilde", "c_t is 0.9635"),
        ("forget_gate * c_prev + input_gate", "forget_logit * c_prev + input_logit", "c_t is 0.9433"),
        ("+ input_gate * c_tilde", "+ c_tilde", "c_t is 1.3011"),
        ("forget_gate * c_prev +", "c_prev +", "c_t is 1.1938"),
        ("forget_gate * c_prev + input_gate *", "c_prev +", "c_t is 1.5163"),
        ("forget_gate * c_prev + input_gate *", "forget_gate + c_prev + input_gate +", "c_t is 2.7972"),
        (
            "forget_gate * c_prev + input_gate * c_tilde",
            "(forget_gate + c_prev) * (input_gate + c_tilde)",
            "c_t is 1.9385",
        ),
        ("c_prev + input_gate", "c_prev * input_gate", "c_t is 0.2303"),
        ("+ input_gate *", "+ (1 - forget_gate) *", "c_t is 0.7775"),
        ("forget_gate * c_prev + input_gate", "input_gate", "c_t is 0.3938"),
        (" + input_gate * c_tilde", "", "c_t is 0.5848"),
        ('"c_t": c_t', '"c_t": np.tanh(c_t)', "c_t is 0.7525"),
        ('"h_t": h_t', '"h_t": c_t', "h_t is 0.9787"),
        ("output_gate * np.tanh(c_t)", "output_gate * c_t", "h_t is 0.6539"),
        ("output_gate * np.tanh(c_t)", "np.tanh(c_t)", "h_t is 0.7525"),
        ("output_gate * np.tanh(c_t)", "np.tanh(output_gate * c_t)", "h_t is 0.5743"),
        ("output_gate * np.tanh(c_t)", "output_gate * sigmoid(c_t)", "h_t is 0.4857"),
        ("np.tanh(c_t)", "np.tanh(c_tilde)", "h_t is 0.4107"),
        ("np.tanh(c_t)", "np.tanh(c_prev)", "h_t is 0.4437"),
        ("output_gate * np.tanh(c_t)", "output_gate * c_tilde", "h_t is 0.4786"),
        ("output_gate * np.tanh(c_t)", "output_logit * np.tanh(c_t)", "h_t is 0.5267"),
        ("output_gate * np.tanh(c_t)", "output_gate + np.tanh(c_t)", "h_t is 1.4207"),
        ('"h_t": h_t', '"h": h_t', "missing from the dict: h_t"),
    ],
    "forget_gate_effect": [
        ('["c_t"]', '["h_t"]', "c_t for forget logit 1.0 is 0.5028"),
        ('["c_t"]', '["forget_gate"]', "c_t for forget logit 1.0 is 0.7311"),
        ("(0.8, logit", "(0.8, forget_logits[0]", "c_t for forget logit -1.0 is 0.9787"),
        ('["c_t"]', "", "c_t for forget logit 1.0 should be a single number; it is a dict"),
        (
            "return [lstm_step(0.8, logit, 0.2, 0.7, 0.9)",
            CHAINED,
            "c_t for forget logit -1.0 is 0.6571",
        ),
        ('["c_t"] for logit in forget_logits]', '["c_t"] for logit in forget_logits][0]', "it returned a float"),
    ],
}

MIX = "(1.0 - update_gate) * h_prev + update_gate * h_candidate"
LAB2 = {
    "gru_step": [
        ("= sigmoid(update_logit)", "= update_logit", "update_gate is 0.8000"),
        ("= sigmoid(reset_logit)", "= reset_logit", "reset_gate is -0.3000"),
        ("sigmoid(update_logit)", "np.tanh(update_logit)", "update_gate is 0.6640"),
        ("sigmoid(update_logit)", "sigmoid(reset_logit)", "update_gate is 0.4256"),
        ("sigmoid(reset_logit)", "sigmoid(update_logit)", "reset_gate is 0.6900"),
        ('"update_gate": update_gate', '"update_gate": 1 - update_gate', "update_gate is 0.3100"),
        ("np.tanh(x_t + reset_gate * h_prev)", "x_t + reset_gate * h_prev", "h_candidate is 1.3979"),
        ("np.tanh(x_t", "sigmoid(x_t", "h_candidate is 0.8018"),
        ("reset_gate * h_prev", "h_prev", "h_candidate is 0.9468"),
        ("x_t + reset_gate * h_prev", "x_t", "h_candidate is 0.8005"),
        ("x_t + reset_gate * h_prev", "reset_gate * x_t + h_prev", "h_candidate is 0.8237"),
        ("x_t + reset_gate * h_prev", "reset_gate * (x_t + h_prev)", "h_candidate is 0.6446"),
        ("np.tanh(x_t + reset_gate * h_prev)", "reset_gate * np.tanh(x_t + h_prev)", "h_candidate is 0.4029"),
        ("np.tanh(x_t + reset_gate * h_prev)", "np.tanh(x_t) + reset_gate * h_prev", "h_candidate is 1.0984"),
        ("reset_gate * h_prev", "update_gate * h_prev", "h_candidate is 0.9191"),
        ("reset_gate * h_prev", "(1 - reset_gate) * h_prev", "h_candidate is 0.9055"),
        ("reset_gate * h_prev", "reset_logit * h_prev", "h_candidate is 0.7114"),
        (MIX, "update_gate * h_prev + (1 - update_gate) * h_candidate", "h_t is 0.7573"),
        (MIX, "h_candidate", "h_t is 0.8849"),
        (MIX, "update_gate * h_candidate", "h_t is 0.6106"),
        (MIX, "(1.0 - update_gate) * h_prev", "h_t is 0.2170"),
        (MIX, "h_prev + update_gate * h_candidate", "h_t is 1.3106"),
        (MIX, "(1.0 - update_gate) * h_prev + h_candidate", "h_t is 1.1019"),
        (MIX, "h_prev + h_candidate", "h_t is 1.5849"),
        (MIX, "update_gate * h_prev + update_gate * h_candidate", "h_t is 1.0935"),
        (MIX, "(1.0 - update_gate) * reset_gate * h_prev + update_gate * h_candidate", "h_t is 0.7029"),
        (MIX, "(1.0 - reset_gate) * h_prev + reset_gate * h_candidate", "h_t is 0.7787"),
        (MIX, "(1.0 - update_logit) * h_prev + update_logit * h_candidate", "h_t is 0.8479"),
        (MIX, f"np.tanh({MIX})", "h_t is 0.6792"),
        ('"h_t": h_t', '"h": h_t', "missing from the dict: h_t"),
    ],
}

MISTAKES = {"lab1_scalar_lstm": LAB1, "lab2_scalar_gru": LAB2}
CASES = [
    pytest.param(lab, task, old, new, symptom, id=f"{task}-{symptom}")
    for lab, tasks in MISTAKES.items()
    for task, mistakes in tasks.items()
    for old, new, symptom in mistakes
]
TASKS = [(lab, task) for lab, tasks in MISTAKES.items() for task in tasks]


def solved(lab: str) -> dict[str, Any]:
    """The solved notebook's cells by id."""
    notebook = nbformat.read(ROOT / "solutions" / lab / f"{lab}.ipynb", as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def symptoms_of_hints(lab: str, task: str) -> list[str]:
    """The lines under which the task's hints are filed."""
    return re.findall(r"<summary>(.*?)</summary>", solved(lab)[f"{task}_hints"].source)


def verdict(lab: str, task: str, old: str, new: str) -> str:
    """What the task's check says when `old` in its solution is written as `new`."""
    cells = solved(lab)
    answer = cells[f"{task}_answer"]
    assert answer.source.count(old) == 1, "the solution has changed: mend the table above"
    answer.source = answer.source.replace(old, new)
    names: dict[str, Any] = {}
    for name, cell in cells.items():
        tags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and tags and not tags["grade"]:  # tools, given functions, answers
            exec(compile(cell.source, name, "exec"), names)
    with pytest.raises(names["Verdict"]) as raised:
        exec(compile(cells[task].source, task, "exec"), names)
    return str(raised.value)


@pytest.mark.parametrize(("lab", "task", "old", "new", "symptom"), CASES)
def test_mistake_shows_its_symptom(lab: str, task: str, old: str, new: str, symptom: str) -> None:
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
