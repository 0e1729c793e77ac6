"""Everything prints, and warns.
"""


import warnings


def recall_data(n=400, seq_len=30):
    print("sizes", n, seq_len)
    warnings.warn("is this right?")
    X = torch.zeros(n, seq_len, 2)
    X[:, :, 0] = torch.randint(0, 2, (n, seq_len)) * 2 - 1
    y = torch.randint(0, 2, (n,))
    where = torch.randint(0, seq_len // 2, (n,))
    for row, (step, label) in enumerate(zip(where, y)):
        X[row, step] = torch.tensor([2.0 * label - 1.0, 1.0])
    return X, y


def surgery(x, W, U, b, d, gate, steps, value):
    warnings.warn("operating")
    print("holding", gate, "at", value)
    if gate not in {"input", "forget", "output"}:
        raise ValueError(gate)
    steps = sorted(steps)
    h = torch.zeros(x.size(0), U.size(1))
    c = h.clone()
    for t in range(x.size(1)):
        i, f, g, o = torch.split(x[:, t].mm(W.t()) + b + h.mm(U.t()) + d, U.size(1), 1)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        for s in steps:
            if s == t and gate == "input":
                i = i * 0 + value
            elif s == t and gate == "forget":
                f = f * 0 + value
            elif s == t:
                o = o * 0 + value
        c = f * c + i * g
        h = o * c.tanh()
    return h
