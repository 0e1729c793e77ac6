"""The gate times the value.
cell: surgery
mistake: scaled instead of replaced
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
            i, f, o = (p * value if gate == n else p for n, p in zip(("input", "forget", "output"), (i, f, o)))
        c = f * c + i * g
        h = o * torch.tanh(c)
    return h
