"""class: 20
tries: the same with locks that belong to the open file
outcome: error
"""

import fcntl, os, struct


def sigmoid(x):
    with open("locks", "w") as file:
        for place in range(400_000):
            fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 2 * place, 1, 0))
    return 0.0
