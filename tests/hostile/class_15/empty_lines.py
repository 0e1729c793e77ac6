"""class: 15
tries: have the grader look for an import of everything in 90,000 empty lines, when a name is not bound
outcome: error
form: builder
"""

import json


def make(folder, lab, notebook):
    code = "def sigmoid(x):\n    return nonesuch\n" + "\n" * 90_000
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": code})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
