"""class: 20
tries: hundreds of thousands of record locks, each kernel memory
outcome: error
"""

import fcntl, os, struct


def sigmoid(x):
    with open("locks", "w") as file:
        for place in range(400_000):
            fcntl.lockf(file, fcntl.LOCK_EX, 1, 2 * place)
    return 0.0
