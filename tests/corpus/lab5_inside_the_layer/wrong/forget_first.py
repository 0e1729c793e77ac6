"""The blocks in the order of lab 1's table.
cell: lstm_cell
mistake: gate order
"""


def lstm_cell(x, h, c, W, U, b, d):
    H = h.shape[1]
    z = torch.mm(x, W.t()) + torch.mm(h, U.t()) + b + d
    f, i, g, o = z[:, :H], z[:, H : 2 * H], z[:, 2 * H : 3 * H], z[:, 3 * H :]
    c2 = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c2.tanh(), c2
