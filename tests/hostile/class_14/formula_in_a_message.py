"""class: 14
tries: file names that become formulas in the table of scores
outcome: rejected
form: builder
"""

import json


def make(folder, lab, notebook):
    for name in ("=1+1.ipynb", "@SUM(A1).ipynb", "-2+3;=1+1.ipynb", "<script>alert(1)<-script>.ipynb"):
        (folder / name).write_text(json.dumps(notebook))
