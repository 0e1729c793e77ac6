"""The reset gate is worked out and never used.
cell: gru_cell
mistake: reset gate missing
"""


def gru_cell(x, h, W, U, b, d):
    sums = x @ W.T + b + h @ U.T + d
    r, z, n = sums.chunk(3, dim=1)
    r, z, n = r.sigmoid(), z.sigmoid(), n.tanh()
    return (1 - z) * n + z * h
