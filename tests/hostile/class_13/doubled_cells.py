"""class: 13
tries: every cell twice, ids and grade_ids too
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json
import os


def make(folder, lab, notebook):
    notebook["cells"] *= 2
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
