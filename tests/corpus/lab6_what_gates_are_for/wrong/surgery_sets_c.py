"""The memory is set to the value.
cell: surgery
mistake: memory set
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
            c = torch.full_like(c, value)
        c = f * c + i * g
        h = o * torch.tanh(c)
    return h
