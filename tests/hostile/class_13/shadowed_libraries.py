"""class: 13
tries: bring files that are named like libraries
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
    for name in ("torch", "numpy", "math", "sitecustomize", "usercustomize", "conftest", "autograder", "json"):
        (folder / f"{name}.py").write_text("import os\nos._exit(0)\n")
