"""Gates together, the candidate last, as in some other libraries.
cell: lstm_cell
mistake: gate order
"""


def lstm_cell(x, h, c, W, U, b, d):
    z = x @ W.T + h @ U.T + b + d
    H = c.shape[1]
    gates = torch.sigmoid(z[:, : 3 * H])
    g = torch.tanh(z[:, 3 * H :])
    c = gates[:, H : 2 * H] * c + gates[:, :H] * g
    return gates[:, 2 * H :] * torch.tanh(c), c
