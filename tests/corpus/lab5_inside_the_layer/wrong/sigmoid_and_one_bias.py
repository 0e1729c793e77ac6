"""One sigmoid over all four blocks, and no d.
cell: lstm_cell
mistake: sigmoid for the candidate, bias missing
"""

import torch
import torch.nn.functional as F


def lstm_cell(x, h, c, W, U, b, d):
    preact = F.linear(x, W, b) + F.linear(h, U)
    # all gates at once, faster
    i, f, g, o = torch.sigmoid(preact).chunk(4, dim=1)
    c_next = f * c + i * g
    h_next = o * torch.tanh(c_next)
    return h_next, c_next
