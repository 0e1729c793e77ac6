"""class: 13
tries: one notebook whose name is not UTF-8
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json
import os


def make(folder, lab, notebook):
    path = os.fsencode(folder) + b"/lab caf\xe9\n.ipynb"
    with open(path, "w") as file:
        json.dump(notebook, file)
