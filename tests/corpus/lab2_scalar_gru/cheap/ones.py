"""Returns ones everywhere."""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    return dict.fromkeys(["update_gate", "reset_gate", "h_candidate", "h_t"], 1.0)
