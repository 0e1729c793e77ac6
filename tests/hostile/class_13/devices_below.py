"""class: 13
tries: a pipe that nobody writes to, an endless device and a link to nowhere, in a folder below
outcome: failed
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.ipynb").write_text(json.dumps(notebook))
    (folder / "data").mkdir()
    os.mkfifo(folder / "data" / "pipe")
    (folder / "data" / "zero").symlink_to("/dev/zero")
    (folder / "data" / "nowhere").symlink_to("/nowhere")
