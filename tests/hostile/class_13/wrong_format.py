"""class: 13
tries: nbformat 99 and no metadata at all
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json
import os


def make(folder, lab, notebook):
    notebook["nbformat"] = 99
    for cell in notebook["cells"]:
        cell.pop("metadata", None)
    notebook.pop("metadata")
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
