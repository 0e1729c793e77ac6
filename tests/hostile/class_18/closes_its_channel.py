"""class: 18
tries: has the grader end its process, and take that for a kill from outside, by closing the channel between them
outcome: crashed
message: closed the channel
"""

import os
import time


def sigmoid(x):
    os.closerange(3, 200)
    time.sleep(60)


def lstm_step(*args, **kwargs):
    os.closerange(3, 200)
    while True:
        pass
