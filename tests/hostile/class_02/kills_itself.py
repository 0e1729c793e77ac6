"""class: 2
tries: SIGKILL to its own process
outcome: crashed
message: SIGKILL
"""

import os, signal


def sigmoid(x):
    os.kill(os.getpid(), signal.SIGKILL)
