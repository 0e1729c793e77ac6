"""The marks by one_hot, the bits by where.
"""


def recall_data(n=400, seq_len=30):
    bits = 2 * torch.randint(2, (n, seq_len)) - 1
    y = torch.randint(2, (n,))
    place = torch.randint(high=seq_len // 2, size=(n,))
    marks = nn.functional.one_hot(place, seq_len)
    bits = torch.where(marks == 1, (2 * y - 1).unsqueeze(1), bits)
    return torch.stack([bits, marks], dim=-1).float(), y
