"""The places index all rows, in one assignment for both channels.
cell: recall_data
mistake: all rows at all places
"""


def recall_data(n=400, seq_len=30):
    bits = (2 * torch.randint(0, 2, (n, seq_len)) - 1).float()
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, seq_len // 2, (n,))
    marks = torch.zeros(n, seq_len)
    X = torch.stack([bits, marks], 2)
    rows = torch.arange(n)
    X[rows, place, 0] = (2 * y - 1).float()
    X[:, place, 1] = torch.ones(n)
    return X, y
