"""class: 15
tries: have twenty megabytes of text copied in four bytes for each letter
outcome: harmless
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
form: builder
"""

import json


def make(folder, lab, notebook):
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "a" * 19_700_000 + "\U0001f600"})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
