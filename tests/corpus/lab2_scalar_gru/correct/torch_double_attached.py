"""Double precision with gradients, left attached."""
import torch


def gru_step(h_prev, x_t, update_logit, reset_logit):
    h, x, u, v = torch.tensor([h_prev, x_t, update_logit, reset_logit], dtype=torch.double, requires_grad=True)
    z, r = u.sigmoid(), v.sigmoid()
    n = (x + r * h).tanh()
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h + z * n}
