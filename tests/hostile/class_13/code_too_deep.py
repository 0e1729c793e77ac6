"""class: 13
tries: code nested so deep that the parser gives up
outcome: failed
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "def sigmoid(x):\n    return " + "(" * 5000 + "x" + ")" * 5000})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
