"""class: 13
tries: JSON nested 100,000 deep
outcome: rejected
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text("[" * 100_000)
