"""The loop runs under no_grad.
cell: lstm_layer
mistake: no gradient
"""


def lstm_layer(x, W, U, b, d):
    with torch.no_grad():
        h = c = torch.zeros(x.shape[0], U.shape[1])
        outs = []
        for t in range(x.shape[1]):
            h, c = lstm_cell(x[:, t], h, c, W, U, b, d)
            outs.append(h)
        return torch.stack(outs, 1), (h[None], c[None])
