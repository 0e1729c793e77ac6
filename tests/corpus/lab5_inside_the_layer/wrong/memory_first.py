"""The pair comes back as c, h.
cell: lstm_cell
mistake: states returned in the wrong order
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (x @ W.T + h @ U.T + b + d).chunk(4, 1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    h = o.sigmoid() * c.tanh()
    return (c, h)


def lstm_layer(x, W, U, b, d):
    h = c = x.new_zeros(len(x), U.shape[1])
    shown = []
    for step in x.unbind(1):
        c, h = lstm_cell(step, h, c, W, U, b, d)
        shown.append(h)
    return torch.stack(shown, 1), (h[None], c[None])
