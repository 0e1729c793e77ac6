"""The steps come first in out.
cell: lstm_layer
mistake: time first
"""


def lstm_layer(x, W, U, b, d):
    h = c = torch.zeros(x.shape[0], U.shape[1])
    outs = []
    for t in range(x.shape[1]):
        h, c = lstm_cell(x[:, t], h, c, W, U, b, d)
        outs.append(h)
    return torch.stack(outs), (h[None], c[None])
