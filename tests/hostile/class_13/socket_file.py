"""class: 13
tries: a socket in place of the notebook
outcome: rejected
form: builder
"""

import json
import os


def make(folder, lab, notebook):
    import socket
    here = os.getcwd()
    os.chdir(folder)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{lab}.ipynb")
    listener.close()
    os.chdir(here)
