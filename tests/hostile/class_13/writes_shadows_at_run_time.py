"""class: 13
tries: write torch.py into the scratch folder before importing it
outcome: failed
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    notebook["cells"].append({"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source":
        "open('json.py', 'w').write('import os; os._exit(0)')\nimport json\nimport sys\nsys.path.insert(0, '.')\ndef sigmoid(x): return 0.0"})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
