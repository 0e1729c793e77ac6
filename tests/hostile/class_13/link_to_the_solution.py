"""class: 13
tries: a symbolic link in place of the notebook
outcome: rejected
form: builder
message: is a link
"""

import json
import os


def make(folder, lab, notebook):
    os.symlink(SOLUTION, folder / f"{lab}.ipynb")
