"""class: 2
tries: SIGSTOP: silence instead of an answer
outcome: timeout
message: 1.5 s
"""

import os, signal


def sigmoid(x):
    os.kill(os.getpid(), signal.SIGSTOP)
