"""class: 20
tries: pipes of a megabyte each
outcome: error
"""

import fcntl, os, struct


def sigmoid(x):
    for _ in range(100):
        fcntl.fcntl(os.pipe()[1], 1031, 2**20)
    return 0.0
