"""The steps are searched as they come.
cell: surgery
mistake: searched in an iterator
"""


def surgery(x, W, U, b, d, gate, steps, value):
    if gate not in ("input", "forget", "output"):
        raise ValueError(gate)
    h = torch.zeros(len(x), U.shape[1])
    c = torch.zeros(len(x), U.shape[1])
    for t in range(x.shape[1]):
        i, f, g, o = torch.chunk(x[:, t] @ W.T + h @ U.T + b + d, 4, 1)
        i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
        g = torch.tanh(g)
        if t in steps:
            if gate == "input":
                i = torch.full_like(i, value)
            elif gate == "forget":
                f = torch.full_like(f, value)
            else:
                o = torch.full_like(o, value)
        c = f * c + i * g
        h = o * torch.tanh(c)
    return h
