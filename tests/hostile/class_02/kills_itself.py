"""class: 2
tries: SIGKILL to its own process, so that the death looks like the machine's doing
outcome: error
"""

import os, signal


def sigmoid(x):
    os.kill(os.getpid(), signal.SIGKILL)
