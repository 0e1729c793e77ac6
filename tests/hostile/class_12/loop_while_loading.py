"""class: 12
tries: loop for ever in a cell, deaf to interrupts
outcome: failed
message: No answer within 1.5 s
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)


def spin():
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


READY = spin()


def sigmoid(x):
    return READY
