"""c is changed in place, and so is h.
cell: lstm_cell
mistake: old memory lost
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (x @ W.T + h @ U.T + b + d).chunk(4, 1)
    c = c * 0
    c = c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c
