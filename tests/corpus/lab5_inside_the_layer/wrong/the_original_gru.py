"""The state is reset before the product, as in the first paper.
cell: gru_cell
mistake: reset before the product
"""


def gru_cell(x, h, W, U, b, d):
    H = h.shape[1]
    rz = torch.sigmoid(x @ W[: 2 * H].T + b[: 2 * H] + h @ U[: 2 * H].T + d[: 2 * H])
    r, z = rz[:, :H], rz[:, H:]
    n = torch.tanh(x @ W[2 * H :].T + b[2 * H :] + (r * h) @ U[2 * H :].T + d[2 * H :])
    return (1 - z) * n + z * h
