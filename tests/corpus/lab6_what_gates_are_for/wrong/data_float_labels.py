"""The labels as floats, for a loss that wants them so.
cell: recall_data
mistake: y as float
"""


def recall_data(n=400, seq_len=30):
    bits = (2 * torch.randint(0, 2, (n, seq_len)) - 1).float()
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, seq_len // 2, (n,))
    marks = torch.zeros(n, seq_len)
    y = y.float()
    rows = torch.arange(n)
    bits[rows, place] = 2 * y - 1
    marks[rows, place] = 1
    return torch.stack([bits, marks], 2), y
