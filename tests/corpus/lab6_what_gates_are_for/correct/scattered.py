"""Filled by scatter.
"""


def recall_data(n=400, seq_len=30):
    bits = torch.randint(0, 2, (n, seq_len)).mul(2).sub(1).float()
    y = torch.randint(0, 2, (n,))
    place = torch.randint(0, seq_len // 2, (n,)).unsqueeze(1)
    bits.scatter_(1, place, y.float().unsqueeze(1) * 2 - 1)
    marks = torch.zeros(n, seq_len).scatter(1, place, 1.0)
    return torch.cat((bits[:, :, None], marks[:, :, None]), 2), y.long()
