"""class: 15
tries: have the grader look for written answers in strings of escaped quotes that never end (the child reads them in vain)
outcome: timeout
form: builder
"""

import json


def make(folder, lab, notebook):
    code = 'x = "' + '\\"' * 45_000 + "\ny = '" + "\\'" * 45_000
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": code})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
