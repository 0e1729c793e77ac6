"""class: 9
tries: a scalar, an array of one, a bool or a text where numbers are due
outcome: failed
"""

import numpy as np


def sigmoid(x):
    return True if x > 0 else np.array([0.5])


def forget_gate_effect(logits):
    return np.float64(0.609)
