"""h is made before c is new.
cell: surgery
mistake: old memory shown
"""


def surgery(x, W, U, b, d, gate, steps, value):
    if gate not in ("input", "forget", "output"):
        raise ValueError(gate)
    steps = list(steps)
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
        h = o * torch.tanh(c)
        c = f * c + i * g
    return h
