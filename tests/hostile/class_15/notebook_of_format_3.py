"""class: 15
tries: have 20,000 cells of the format of 2014 converted one by one
outcome: rejected
message: it has 20,000 cells
form: builder
"""

import json


def make(folder, lab, notebook):
    cells = [{"cell_type": "code", "input": "x", "outputs": [], "metadata": {}}] * 20_000
    (folder / f"{lab}.ipynb").write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}))
