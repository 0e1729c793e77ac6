"""Each fourth column for a gate.
cell: lstm_cell
mistake: interleaved blocks
"""


def lstm_cell(x, h, c, W, U, b, d):
    z = x @ W.T + h @ U.T + b + d
    i, f, g, o = z[:, 0::4], z[:, 1::4], z[:, 2::4], z[:, 3::4]
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c
