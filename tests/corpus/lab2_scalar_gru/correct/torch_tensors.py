"""0-d tensors in float32."""
import torch


def gru_step(h_prev, x_t, update_logit, reset_logit):
    h, x, u, v = (torch.tensor(value) for value in (h_prev, x_t, update_logit, reset_logit))
    z, r = torch.sigmoid(u), torch.sigmoid(v)
    n = torch.tanh(x + r * h)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": torch.lerp(h, n, z)}
