"""class: 5
tries: write into site-packages, the standard library and the common temporary folder
outcome: failed
"""

import os, sys


def sigmoid(x):
    made = []
    for folder in [*sys.path, os.path.dirname(os.__file__), "/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~/..")]:
        if os.path.realpath(folder) == os.getcwd():  # its own folder is on the path too
            continue
        path = os.path.join(folder, "autograder-hostile-trash")
        try:
            open(path, "x").close()
        except OSError:
            continue
        made.append(path)
        os.remove(path)
    if made:
        raise ValueError("LOOT:" + made[0].replace("/", "."))
    return 0.0
