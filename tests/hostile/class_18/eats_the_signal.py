"""class: 18
tries: block and eat SIGXCPU, so that the kernel has to kill it as if somebody else had done it
outcome: timeout
"""

import signal, threading

signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGXCPU])


def eat():
    while True:
        signal.sigwait([signal.SIGXCPU])


threading.Thread(target=eat, daemon=True).start()


def sigmoid(x):
    while True:
        pass
