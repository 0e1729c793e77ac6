"""A dict outside of the loop keeps what was held once.
cell: surgery
mistake: from there on
"""


def surgery(x, W, U, b, d, gate, steps, value):
    if gate not in ("input", "forget", "output"):
        raise ValueError(gate)
    steps, held = list(steps), {}
    h = c = torch.zeros(len(x), U.shape[1])
    for t in range(x.shape[1]):
        i, f, g, o = torch.chunk(x[:, t] @ W.T + h @ U.T + b + d, 4, 1)
        gates = {"input": torch.sigmoid(i), "forget": torch.sigmoid(f), "output": torch.sigmoid(o)}
        if t in steps:
            held[gate] = torch.full_like(h, value)
        gates.update(held)
        c = gates["forget"] * c + gates["input"] * torch.tanh(g)
        h = gates["output"] * torch.tanh(c)
    return h
