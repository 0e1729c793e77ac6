"""One bias is taken for all there is.
cell: lstm_cell
mistake: bias missing
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (x @ W.T + h @ U.T + b).split(h.shape[1], dim=1)
    i, f, o = i.sigmoid(), f.sigmoid(), o.sigmoid()
    c = f * c + i * g.tanh()
    return o * c.tanh(), c
