"""NumPy arrays come back.
cell: lstm_cell
mistake: none
message: should be a tensor, but is a NumPy array
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (x @ W.T + h @ U.T + b + d).chunk(4, 1)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return (o.sigmoid() * c.tanh()).numpy(), c.numpy()


def lstm_layer(x, W, U, b, d):
    h = c = x.new_zeros(len(x), U.shape[1])
    shown = []
    for t in range(x.shape[1]):
        i, f, g, o = (x[:, t] @ W.T + h @ U.T + b + d).chunk(4, 1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        shown.append(h)
    return torch.stack(shown, 1), (h[None], c[None])
