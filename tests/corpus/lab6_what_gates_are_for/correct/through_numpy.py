"""Draws of torch, put together in NumPy.
"""


import numpy as np


def recall_data(n=400, seq_len=30):
    bits = torch.randint(0, 2, (n, seq_len)).numpy() * 2 - 1
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, seq_len // 2, (n,)).numpy()
    X = np.zeros((n, seq_len, 2), dtype=np.float32)
    X[..., 0] = bits
    X[np.arange(n), place] = np.stack([2 * y.numpy() - 1, np.ones(n)], axis=1)
    return [torch.from_numpy(X), y]
