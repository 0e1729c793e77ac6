"""The states as the cell leaves them.
cell: lstm_layer
mistake: layer axis missing
"""


def lstm_layer(x, W, U, b, d):
    h = torch.zeros(x.shape[0], U.shape[1])
    c = torch.zeros(x.shape[0], U.shape[1])
    outs = []
    for t in range(x.shape[1]):
        h, c = lstm_cell(x[:, t], h, c, W, U, b, d)
        outs.append(h)
    return torch.stack(outs, 1), (h, c)
