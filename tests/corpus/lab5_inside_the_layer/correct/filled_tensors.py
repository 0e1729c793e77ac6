"""out is made first and filled step by step; products with x are worked out ahead.
"""


def lstm_layer(x, W, U, b, d):
    B, T, _ = x.size()
    H = U.size(1)
    out = torch.empty(B, T, H, dtype=x.dtype)
    ahead = x @ W.T + b
    h, c = torch.zeros(B, H, dtype=x.dtype), torch.zeros(B, H, dtype=x.dtype)
    for t in range(T):
        i, f, g, o = (ahead[:, t] + h @ U.T + d).chunk(4, dim=1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        h = o.sigmoid() * c.tanh()
        out[:, t] = h
    return out, (h[None], c[None])


def gru_layer(x, W, U, b, d):
    B, T, _ = x.size()
    H = U.size(1)
    out = x.new_zeros((B, T, H))
    for t in range(T):
        before = out[:, t - 1].clone() if t else x.new_zeros((B, H))
        out[:, t] = gru_cell(x[:, t], before, W, U, b, d)
    return out, out[:, -1].reshape(1, B, H)
