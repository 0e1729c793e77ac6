"""class: 13
tries: a heading whose level is no number
outcome: harmless
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
form: builder
"""

import json


def make(folder, lab, notebook):
    cells = [cell | {"input": cell["source"]} for cell in notebook["cells"]]
    odd = {"cell_type": "heading", "level": float("inf"), "source": ["x"], "metadata": {}}
    (folder / f"{lab}.ipynb").write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": [odd, *cells]}]}))
