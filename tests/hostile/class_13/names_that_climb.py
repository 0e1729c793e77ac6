"""class: 13
tries: file names with dots, backslashes, newlines, control characters, no UTF-8
outcome: rejected
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    for name in (b"..\\..\\evil.ipynb", b"a\nb.ipynb", b"\x1b[2J.ipynb", b"caf\xe9.ipynb", b"%2e%2e%2f.ipynb"):
        (folder.__class__(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_text(json.dumps(notebook))
