"""Anything but "last" counts as "first".

cell: build_dataset
mistake: no ValueError
"""

def build_dataset(n=160, seq_len=10, label_from="first"):
    place = -1 if label_from == "last" else 0
    rows, labels = [], []
    for _ in range(n):
        signal = 1.0 if torch.rand(1).item() > 0.5 else -1.0
        row = torch.randn(seq_len, 1) * 0.25
        row[place] = signal
        rows.append(row)
        labels.append(int(signal > 0))
    return torch.stack(rows), torch.tensor(labels)
