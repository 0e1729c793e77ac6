"""The blocks in the order of lab 1's gates: forget, input, output, candidate.
cell: surgery
mistake: gate order
"""


def surgery(x, W, U, b, d, gate, steps, value):
    order = ["forget", "input", "output"]
    if gate not in order:
        raise ValueError(gate)
    steps = set(steps)
    h = c = torch.zeros(len(x), U.shape[1])
    for t in range(x.shape[1]):
        a = list(torch.chunk(x[:, t] @ W.T + h @ U.T + b + d, 4, 1))
        a = [torch.sigmoid(a[0]), torch.sigmoid(a[1]), torch.sigmoid(a[2]), torch.tanh(a[3])]
        if t in steps:
            a[order.index(gate)] = torch.full_like(h, value)
        c = a[0] * c + a[1] * a[3]
        h = a[2] * torch.tanh(c)
    return h
