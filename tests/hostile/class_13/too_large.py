"""class: 13
tries: a notebook of 25 MB
outcome: rejected
form: builder
message: 20 MiB
"""

import json
import os


def make(folder, lab, notebook):
    notebook["cells"][0]["source"] = "x" * 25 * 10**6
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
