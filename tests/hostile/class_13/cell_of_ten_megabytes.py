"""class: 13
tries: a comment of 10 MB
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json
import os


def make(folder, lab, notebook):
    notebook["cells"][0] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "#" * 10**7}
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
