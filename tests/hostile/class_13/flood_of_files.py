"""class: 13
tries: 8,000 files and one of 400 MB beside the notebook, to be copied
outcome: failed
form: builder
"""

import json


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
    (folder / "data").mkdir()
    for number in range(8000):
        (folder / "data" / f"{number}").touch()
    with (folder / "data" / "huge").open("wb") as file:
        file.truncate(400 * 2**20)
