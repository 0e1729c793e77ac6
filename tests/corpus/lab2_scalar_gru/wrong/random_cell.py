"""The new state from a fresh GRUCell.

cell: gru_step
mistake: differs from call to call
message: it makes a `nn.GRUCell`, whose weights are random
"""

import torch
import torch.nn as nn


def gru_step(h_prev: float, x_t: float, update_logit: float, reset_logit: float) -> dict[str, float]:
    update_gate = float(sigmoid(update_logit))
    reset_gate = float(sigmoid(reset_logit))
    h_candidate = float(np.tanh(x_t + reset_gate * h_prev))

    # use the built-in cell for the new state
    gru = nn.GRUCell(input_size=1, hidden_size=1)
    x = torch.tensor([[x_t]], dtype=torch.float32)
    h = torch.tensor([[h_prev]], dtype=torch.float32)
    with torch.no_grad():
        h_new = gru(x, h)

    return {
        "update_gate": update_gate,
        "reset_gate": reset_gate,
        "h_candidate": h_candidate,
        "h_t": h_new.item(),
    }
