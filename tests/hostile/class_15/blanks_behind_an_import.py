"""class: 15
tries: have the grader look for the star behind an import and 90,000 blanks, when a name is not bound
outcome: error
form: builder
"""

import json


def make(folder, lab, notebook):
    code = "def sigmoid(x):\n    return nonesuch\nfrom math import" + " " * 90_000 + "exp\n"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": code})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
