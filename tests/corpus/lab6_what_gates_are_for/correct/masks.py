"""A mask over the steps; torch.where puts the value in.
"""


def surgery(x, W, U, b, d, gate, steps, value):
    if gate not in ["input", "forget", "output"]:
        raise ValueError("input, forget or output")
    held = torch.zeros(x.shape[1], dtype=torch.bool)
    for s in steps:
        held[s] = True
    number = ["input", "forget", "candidate", "output"].index(gate)
    h = torch.zeros(x.shape[0], U.shape[1])
    c = torch.zeros_like(h)
    for t in range(x.shape[1]):
        parts = list(torch.chunk(x[:, t] @ W.T + b + h @ U.T + d, 4, dim=1))
        parts = [p.tanh() if k == 2 else p.sigmoid() for k, p in enumerate(parts)]
        parts[number] = torch.where(held[t], torch.tensor(float(value)), parts[number])
        i, f, g, o = parts
        c = f * c + i * g
        h = o * c.tanh()
    return h
