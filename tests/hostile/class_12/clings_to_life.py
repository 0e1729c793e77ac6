"""class: 12
tries: signal handlers, atexit, __del__, settrace and non-daemon threads that go on for ever
outcome: timeout
message: No answer within 1.5 s
"""

import atexit, signal, sys, threading


def forever(*args):
    while True:
        pass


class Clinging:
    def __del__(self):
        forever()


for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except OSError:  # the one that tells of used-up computing time can't be ignored
        pass
atexit.register(forever)
KEPT = Clinging()


def sigmoid(x):
    sys.settrace(forever)
    threading.Thread(target=forever).start()
    return forever()
