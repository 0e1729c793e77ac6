"""A generator of its own, seeded.
cell: recall_data
mistake: a generator of its own
"""


def recall_data(n=400, seq_len=30):
    generator = torch.Generator().manual_seed(1)
    X = torch.zeros(n, seq_len, 2)
    X[:, :, 0] = torch.randint(0, 2, (n, seq_len), generator=generator) * 2.0 - 1
    y = torch.randint(0, 2, (n,), generator=generator)
    place = torch.randint(0, seq_len // 2, (n,), generator=generator)
    X[torch.arange(n), place] = torch.stack([2.0 * y - 1, torch.ones(n)], 1)
    return X, y
