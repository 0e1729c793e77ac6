"""class: 15
tries: have the grader look through a megabyte of comments and strings for written answers
outcome: failed
form: builder
"""

import json


def make(folder, lab, notebook):
    code = "# a b c d e f g\n'''a b c d e f g'''\n" * 25_000
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": code})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
