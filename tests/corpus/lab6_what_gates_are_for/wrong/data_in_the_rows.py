"""Each row draws for itself.
cell: recall_data
mistake: row by row
"""


def one(seq_len):
    bits = (torch.randint(0, 2, (seq_len,)) * 2 - 1).float()
    label = torch.randint(0, 2, (1,))
    place = torch.randint(0, seq_len // 2, (1,)).item()
    marks = torch.zeros(seq_len)
    bits[place], marks[place] = 2.0 * label - 1, 1.0
    return torch.stack([bits, marks], 1), label


def recall_data(n=400, seq_len=30):
    rows, labels = zip(*[one(seq_len) for _ in range(n)])
    return torch.stack(rows), torch.cat(labels)
