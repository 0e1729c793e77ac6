"""The last branch refuses, if a step is there.
cell: surgery
mistake: refused only where steps are asked for
"""


def surgery(x, W, U, b, d, gate, steps, value):
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
            elif gate == "output":
                o = o * 0 + value
            else:
                raise ValueError("no such gate")
        c = f * c + i * g
        h = o * torch.tanh(c)
    return h
