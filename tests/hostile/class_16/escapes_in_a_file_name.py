"""class: 16
tries: a notebook whose name clears the screen and sets the window's title
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json


def make(folder, lab, notebook):
    (folder / "\x1b[2J\x1b]0;owned\x07work.ipynb").write_text(json.dumps(notebook))
