"""A tuple in place of the dict.

cell: gru_step
mistake: none
message: returned a sequence of 4
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return z, r, n, (1 - z) * h_prev + z * n
