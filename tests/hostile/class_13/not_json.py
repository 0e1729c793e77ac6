"""class: 13
tries: half a notebook
outcome: rejected
form: builder
message: not valid JSON
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook)[:-200])
