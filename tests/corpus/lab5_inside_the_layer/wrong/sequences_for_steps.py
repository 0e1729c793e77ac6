"""x is read along its first axis.
cell: gru_layer
mistake: batch taken for time
"""


def gru_layer(x, W, U, b, d):
    h = torch.zeros(x.shape[1], U.shape[1])
    outs = []
    for step in x:
        h = gru_cell(step, h, W, U, b, d)
        outs.append(h)
    return torch.stack(outs, 1), h[None]
