"""From the last step to the first.
cell: gru_layer
mistake: read backwards
"""


def gru_layer(x, W, U, b, d):
    h = torch.zeros(x.shape[0], U.shape[1])
    outs = []
    for step in x.flip(1).unbind(1):
        h = gru_cell(step, h, W, U, b, d)
        outs.append(h)
    return torch.stack(outs, 1), h[None]
