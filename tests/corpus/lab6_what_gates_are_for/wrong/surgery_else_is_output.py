"""What is neither input nor forget is taken for output.
cell: surgery
mistake: no ValueError
"""


def surgery(x, W, U, b, d, gate, steps, value):
    steps = set(steps)
    steps = list(steps)
    h = torch.zeros(len(x), U.shape[1])
    c = torch.zeros(len(x), U.shape[1])
    for t in range(x.shape[1]):
        i, f, g, o = torch.chunk(x[:, t] @ W.T + h @ U.T + b + d, 4, 1)
        i, f, o = torch.sigmoid(i), torch.sigmoid(f), torch.sigmoid(o)
        g = torch.tanh(g)
        if t in steps:
            if gate == "input":
                i = i * 0 + value
            elif gate == "forget":
                f = f * 0 + value
            else:
                o = o * 0 + value
        c = f * c + i * g
        h = o * torch.tanh(c)
    return h
