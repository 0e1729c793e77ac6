"""class: 13
tries: a comment of 10 MB
outcome: rejected
message: characters of code
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    notebook["cells"][0] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "#" * 10**7}
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
