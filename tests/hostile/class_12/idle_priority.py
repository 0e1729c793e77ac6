"""class: 12
tries: lower its own priority, so that waiting counts as the machine's fault
outcome: timeout
message: No answer within 1.5 s
"""

import os


def sigmoid(x):
    os.nice(19)
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    while True:
        pass
