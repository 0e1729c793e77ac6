"""c is made anew in the loop.
cell: lstm_layer
mistake: c not carried
"""


def lstm_layer(x, W, U, b, d):
    B, T, _ = x.shape
    h = torch.zeros(B, U.shape[1])
    outs = []
    for t in range(T):
        c = torch.zeros(B, U.shape[1])
        h, c = lstm_cell(x[:, t], h, c, W, U, b, d)
        outs.append(h)
    return torch.stack(outs, 1), (h[None], c[None])
