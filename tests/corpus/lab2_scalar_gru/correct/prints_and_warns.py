"""Talks while it works."""
import logging
import warnings


def gru_step(h_prev, x_t, update_logit, reset_logit):
    warnings.warn("update gate ahead")
    z = sigmoid(update_logit)
    print("z", z, end="\n\n")
    logging.warning("reset gate ahead")
    r = sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    print("scalar_gru_lab")
    print(f"{'update_gate':<12} 0.1234")
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
