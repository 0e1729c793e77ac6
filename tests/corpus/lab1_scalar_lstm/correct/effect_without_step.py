"""The exercise by its formula, as an array, without calling lstm_step."""
import numpy as np


def forget_gate_effect(forget_logits):
    new = 0.8 * 0 + np.tanh(0.9) / (1 + np.exp(-0.2))
    return np.array([0.8 / (1 + np.exp(-logit)) + new for logit in forget_logits])
