"""class: 18
tries: the same by a pipe in the channel's place, and a late end of its own
outcome: crashed
message: closed the channel
"""

import os
import threading
import time


def sigmoid(x):
    reading, _ = os.pipe()
    threading.Timer(3, os._exit, [0]).start()
    for place in range(3, 40):
        if place != reading:
            try:
                os.dup2(reading, place)
            except OSError:
                pass
    time.sleep(60)
