"""A layer calls itself on all steps but the last.
"""


def lstm_layer(x, W, U, b, d):
    if x.shape[1] == 0:
        zeros = x.new_zeros(1, len(x), U.shape[1])
        return x.new_zeros(len(x), 0, U.shape[1]), (zeros, zeros)
    out, (h, c) = lstm_layer(x[:, :-1], W, U, b, d)
    h, c = lstm_cell(x[:, -1], h[0], c[0], W, U, b, d)
    return torch.cat([out, h[:, None]], dim=1), (h[None], c[None])
