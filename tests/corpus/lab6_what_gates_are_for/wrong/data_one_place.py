"""All rows take the first row's place.
cell: recall_data
mistake: one place for all rows
"""


def recall_data(n=400, seq_len=30):
    bits = (2 * torch.randint(0, 2, (n, seq_len)) - 1).float()
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, seq_len // 2, (n,))
    marks = torch.zeros(n, seq_len)
    k = place[0]
    bits[:, k] = (2 * y - 1).float()
    marks[:, k] = 1
    return torch.stack([bits, marks], 2), y
