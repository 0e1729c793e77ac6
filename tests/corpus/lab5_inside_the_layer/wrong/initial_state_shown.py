"""out starts with the zeros.
cell: gru_layer
mistake: shown before the step
"""


def gru_layer(x, W, U, b, d):
    h = torch.zeros(x.shape[0], U.shape[1])
    outs = []
    for t in range(x.shape[1]):
        outs.append(h)
        h = gru_cell(x[:, t], h, W, U, b, d)
    return torch.stack(outs, 1), h[None]
