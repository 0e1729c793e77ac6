"""A global object keeps the memory.

cell: lstm_step
mistake: differs from call to call
message: It uses `myCell`, which is made once
"""

import numpy as np

class LSTMCell:
    def __init__(self):
        self.c = 0.0

    def step(self, f, i, o, g):
        c_new = f * self.c + i * g
        h_new = o * np.tanh(c_new)
        self.c = h_new
        return c_new, h_new

myCell = LSTMCell()

def lstm_step(c_prev: float, forget_logit: float, input_logit: float, output_logit: float, candidate_logit: float):
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    c, h = myCell.step(f, i, o, g)
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": h}
