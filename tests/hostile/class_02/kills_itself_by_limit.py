"""class: 2
tries: lower its own limit on computing time, whose end is a SIGKILL of the kernel's
outcome: error
"""

import resource


def sigmoid(x):
    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    while True:
        pass
