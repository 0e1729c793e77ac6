"""The whole layer in NumPy, back to a tensor at the end.
"""


import numpy as np


def sigma(a):
    return 1 / (1 + np.exp(-a))


def surgery(x, W, U, b, d, gate, steps, value):
    place = dict(input=0, forget=1, output=3).get(gate)
    if place is None:
        raise ValueError(gate)
    steps = tuple(steps)
    x, W, U, b, d = (np.asarray(a.detach()) for a in (x, W, U, b, d))
    h = c = np.zeros((len(x), U.shape[1]), dtype=np.float32)
    for t in range(x.shape[1]):
        a = np.split(x[:, t] @ W.T + b + h @ U.T + d, 4, axis=1)
        a = [sigma(a[0]), sigma(a[1]), np.tanh(a[2]), sigma(a[3])]
        if t in steps:
            a[place] = np.full_like(h, value)
        c = a[1] * c + a[0] * a[2]
        h = a[3] * np.tanh(c)
    return torch.from_numpy(h.astype(np.float32))
