"""class: 15
tries: have the grader look for written answers in thousands of strings that begin and don't end
outcome: failed
form: builder
"""

import json


def make(folder, lab, notebook):
    code = ("x = '\\'\"\\\"'''\\'''\n" + '"""\\"""#\n') * 7_000
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": code})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
