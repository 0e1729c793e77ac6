"""class: 15
tries: have the grader put 90,000 comments together, each at the end of those above it
outcome: failed
form: builder
"""

import json


def make(folder, lab, notebook):
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": "x = (1)\n" + "#\n" * 90_000})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
