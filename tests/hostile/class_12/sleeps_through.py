"""class: 12
tries: sleep nearly up to the limit in each call, using no computing time
outcome: timeout
message: No answer within 1.5 s
score: 2
"""

import math, time


def sigmoid(x):
    time.sleep(1.2)
    return 1 / (1 + math.exp(-x))


def lstm_step(*args, **kwargs):
    time.sleep(60)
