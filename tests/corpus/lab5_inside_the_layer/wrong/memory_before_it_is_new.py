"""h is shown before the memory is updated.
cell: lstm_cell
mistake: old c shown
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = torch.chunk(x @ W.T + h @ U.T + b + d, 4, 1)
    h_next = o.sigmoid() * c.tanh()
    c_next = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return h_next, c_next
