"""class: 13
tries: an empty notebook
outcome: rejected
form: builder
message: empty
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").touch()
