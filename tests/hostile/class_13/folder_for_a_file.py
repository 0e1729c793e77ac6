"""class: 13
tries: a folder named like the notebook
outcome: rejected
form: builder
message: not an ordinary file
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").mkdir()
