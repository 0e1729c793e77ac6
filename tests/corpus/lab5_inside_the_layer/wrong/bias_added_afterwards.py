"""The biases are added once r has done its work.
cell: gru_cell
mistake: bias outside of the reset gate
"""


def gru_cell(x, h, W, U, b, d):
    H = h.shape[1]
    a, e, both = x @ W.T, h @ U.T, b + d
    r = torch.sigmoid(a[:, :H] + e[:, :H] + both[:H])
    z = torch.sigmoid(a[:, H : 2 * H] + e[:, H : 2 * H] + both[H : 2 * H])
    n = torch.tanh(a[:, 2 * H :] + r * e[:, 2 * H :] + both[2 * H :])
    return (1 - z) * n + z * h
