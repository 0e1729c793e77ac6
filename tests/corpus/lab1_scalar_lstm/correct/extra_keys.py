"""An OrderedDict with more in it than was asked for: text, None, a function, a plot's data."""
from collections import OrderedDict

import numpy as np


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    step = OrderedDict(note="one step", c_prev=c_prev, squash=np.tanh, figure=None)
    step["forget_gate"] = sigmoid(forget_logit)
    step["input_gate"] = sigmoid(input_logit)
    step["output_gate"] = sigmoid(output_logit)
    step["c_tilde"] = np.tanh(candidate_logit)
    step["kept"] = step["forget_gate"] * c_prev
    step["written"] = step["input_gate"] * step["c_tilde"]
    step["c_t"] = step["kept"] + step["written"]
    step["h_t"] = step["output_gate"] * np.tanh(step["c_t"])
    step["curve"] = np.linspace(0, 1, 5)
    return step
