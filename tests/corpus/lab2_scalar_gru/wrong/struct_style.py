"""A dict filled with dots.

cell: gru_step
mistake: none
message: a dot reaches none of them
status: error
"""


def gru_step(h_prev: float, x_t: float, update_logit: float, reset_logit: float) -> dict[str, float]:
    step = dict()
    step.update_gate = sigmoid(update_logit)
    step.reset_gate = sigmoid(reset_logit)
    step.h_candidate = np.tanh(x_t + step.reset_gate * h_prev)
    step.h_t = (1 - step.update_gate) * h_prev + step.update_gate * step.h_candidate
    return step
