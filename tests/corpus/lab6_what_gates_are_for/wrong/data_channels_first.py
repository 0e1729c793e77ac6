"""Stacked along axis 1.
cell: recall_data
mistake: channel axis in the middle
"""


def recall_data(n=400, seq_len=30):
    bits = (2 * torch.randint(0, 2, (n, seq_len)) - 1).float()
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, seq_len // 2, (n,))
    marks = torch.zeros(n, seq_len)
    rows = torch.arange(n)
    bits[rows, place] = (2 * y - 1).float()
    marks[rows, place] = 1
    return torch.stack([bits, marks], dim=1), y
