"""The sizes of the lab typed in.
cell: recall_data
mistake: size typed in
"""


def recall_data(n=400, seq_len=30):
    X = torch.zeros(400, 30, 2)
    X[:, :, 0] = torch.randint(0, 2, (400, 30)) * 2 - 1
    y = torch.randint(0, 2, (400,))
    place = torch.randint(0, 15, (400,))
    X[torch.arange(400), place, 0] = (2 * y - 1).float()
    X[torch.arange(400), place, 1] = 1
    return X, y
