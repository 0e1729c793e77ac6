"""A pair of h and zeros.
cell: gru_layer
mistake: pair for h
"""


def gru_layer(x, W, U, b, d):
    h = torch.zeros(x.shape[0], U.shape[1])
    outs = []
    for t in range(x.shape[1]):
        h = gru_cell(x[:, t], h, W, U, b, d)
        outs.append(h)
    return torch.stack(outs, 1), (h[None], torch.zeros_like(h)[None])
