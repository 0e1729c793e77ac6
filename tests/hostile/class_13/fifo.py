"""class: 13
tries: a FIFO that nobody writes to
outcome: rejected
form: builder
message: not an ordinary file
"""

import json
import os


def make(folder, lab, notebook):
    os.mkfifo(folder / f"{lab}.ipynb")
