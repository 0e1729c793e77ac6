"""class: 13
tries: lone surrogates in code, name and text
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json
import os


def make(folder, lab, notebook):
    notebook["cells"][0]["source"] = "\ud800"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "x = '\udfff'"})
    notebook["metadata"]["\ud800"] = "\ud800"
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
