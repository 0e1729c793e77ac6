"""class: 13
tries: magics and shell lines that would write, install and stop
outcome: harmless
form: builder
honest: sigmoid, lstm_step, forget_gate_effect
score: 10
"""

import json
import os


def make(folder, lab, notebook):
    source = f"!touch {FOLDER}/made\n%run {CANARY}\n%%bash\n!rm -rf {FOLDER}\n%cd /\n%pip install evil\nget_ipython().system('touch {FOLDER}/made')\n"
    notebook["cells"].insert(0, {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source})
    notebook["cells"].insert(0, {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": f"%%bash\ntouch {FOLDER}/made"})
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
