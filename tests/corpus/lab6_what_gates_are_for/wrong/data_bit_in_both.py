"""The marked bit stands in both channels, as a number of 2.
cell: recall_data
mistake: mark of 2
"""


def recall_data(n=400, seq_len=30):
    bits = (2 * torch.randint(0, 2, (n, seq_len)) - 1).float()
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, seq_len // 2, (n,))
    marks = torch.zeros(n, seq_len)
    for i in range(n):
        bits[i, place[i]] = 2.0 * y[i] - 1
        marks[i, place[i]] = 2.0
    return torch.stack([bits, marks], 2), y
