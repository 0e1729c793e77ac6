"""Half of an odd number, rounded up by ceil.
cell: recall_data
mistake: half, rounded up
"""


import math


def recall_data(n=400, seq_len=30):
    X = torch.zeros(n, seq_len, 2)
    X[..., 0] = torch.randint(0, 2, (n, seq_len)) * 2 - 1
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, math.ceil(seq_len / 2), (n,))
    for i in range(n):
        X[i, place[i]] = torch.tensor([2 * y[i] - 1, 1])
    return X, y
