"""class: 13
tries: a Python file in an encoding that takes hours to read
outcome: rejected
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    (folder / f"{lab}.py").write_bytes(b"# coding: punycode\n" + b"a" * 10**6 + b"-" + b"z9" * 10**6 + "é".encode("latin-1"))
