"""class: 15
tries: have the grader read a cell with magics as IPython does, which takes minutes, to say in which line something raised (the child reads it first, in vain)
outcome: timeout
form: builder
"""

import json


def make(folder, lab, notebook):
    code = "def sigmoid(x):\n    raise KeyError(x)\n"
    hostile = '%time x = 1\ny = "' + '\\"' * 20_000
    for source in (code, hostile):
        notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": source})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
