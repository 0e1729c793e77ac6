"""out is made from lists of numbers.
cell: lstm_layer
mistake: output detached
"""


def lstm_layer(x, W, U, b, d):
    h = c = torch.zeros(x.shape[0], U.shape[1])
    outs = []
    for t in range(x.shape[1]):
        h, c = lstm_cell(x[:, t], h, c, W, U, b, d)
        outs.append(h.tolist())
    return torch.tensor(outs).transpose(0, 1), (h[None], c[None])
