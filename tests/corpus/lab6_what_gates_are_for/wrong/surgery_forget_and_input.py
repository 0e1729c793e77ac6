"""Holding the forget gate, it holds the input gate at the rest.
cell: surgery
mistake: none
message: For the forget gate the result has other numbers
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
        if t in steps and gate == "forget":
            i = torch.full_like(i, 1 - value)
        c = f * c + i * g
        h = o * torch.tanh(c)
    return h
