"""class: 15
tries: have texts that name a function read as Python by the grader, magic by magic
outcome: failed
form: builder
"""

import json


def make(folder, lab, notebook):
    text = "def sigmoid(x):\n" + "%time x\n" * 20_000
    notebook["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": text} for _ in range(50)]
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
