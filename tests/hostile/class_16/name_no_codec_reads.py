"""class: 16
tries: a notebook whose name is not UTF-8 and turns what follows round
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json


def make(folder, lab, notebook):
    (folder / "caf\udce9\u202eabc.ipynb").write_text(json.dumps(notebook))
