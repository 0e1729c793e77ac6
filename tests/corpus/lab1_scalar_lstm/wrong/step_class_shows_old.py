"""A class that shows its memory before it is updated.

cell: lstm_step
mistake: old memory in h_t
message: The new memory, c_t, is what is shown
"""

import math


class LSTMCell:
    def __init__(self, c):
        self.c = c
        self.h = 0.0

    def forward(self, f, i, o, c_tilde):
        self.h = o * math.tanh(self.c)
        self.c = f * self.c + i * c_tilde


def lstm_step(
    c_prev: float,
    forget_logit: float,
    input_logit: float,
    output_logit: float,
    candidate_logit: float,
) -> dict[str, float]:
    cell = LSTMCell(c_prev)
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    c_tilde = math.tanh(candidate_logit)
    cell.forward(f, i, o, c_tilde)
    return {
        "forget_gate": f,
        "input_gate": i,
        "output_gate": o,
        "c_tilde": c_tilde,
        "c_t": cell.c,
        "h_t": cell.h,
    }
