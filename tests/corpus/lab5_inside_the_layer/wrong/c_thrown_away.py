"""The new c is thrown away.
cell: lstm_layer
mistake: c never carried on
"""


def lstm_layer(x, W, U, b, d):
    H = U.shape[1]
    h = torch.zeros(x.size(0), H, dtype=x.dtype)
    c = torch.zeros(x.size(0), H, dtype=x.dtype)
    out = torch.zeros(x.size(0), x.size(1), H, dtype=x.dtype)
    for t in range(x.size(1)):
        h, _ = lstm_cell(x[:, t], h, c, W, U, b, d)
        out[:, t] = h
    return out, (h.unsqueeze(0), c.unsqueeze(0))
