"""class: 13
tries: a symbolic link in place of the folder, to a neighbour's
outcome: rejected
form: builder
message: is a link
"""

import json
import os


def make(folder, lab, notebook):
    folder.rmdir()
    os.symlink(os.path.dirname(NEIGHBOUR), folder)
