"""Peepholes: the gates see the memory as well.
cell: lstm_cell
mistake: none
message: c has the right type, but the wrong value
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (x @ W.T + h @ U.T + b + d).chunk(4, 1)
    c2 = torch.sigmoid(f + 0.1 * c) * c + torch.sigmoid(i + 0.1 * c) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c2), c2
