"""class: 16
tries: a byte for a name, beside a folder that is called as that byte is spelled
outcome: grader_error
message: has a name that is not UTF-8
student: \udcff
form: builder
"""

import json


def make(folder, lab, notebook):
    for place in (folder, folder.parents[1] / "\\xff" / lab):
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{lab}.ipynb").write_text(json.dumps(notebook))
