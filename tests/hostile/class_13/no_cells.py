"""class: 13
tries: JSON that is no notebook
outcome: rejected
form: builder
message: no notebook
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text(json.dumps({"cells": 5, "nbformat": "x"}))
