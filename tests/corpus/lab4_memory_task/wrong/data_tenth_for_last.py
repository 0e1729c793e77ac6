"""The last value is the tenth, or the last of fewer.

cell: build_dataset
mistake: none
message: X has the right type, but the wrong value
"""

def build_dataset(n=160, seq_len=10, label_from="first"):
    if label_from not in ("first", "last"):
        raise ValueError(label_from)
    place = 0 if label_from == "first" else min(seq_len, 30) - 1
    rows, labels = [], []
    for _ in range(n):
        signal = 1.0 if torch.rand(1).item() > 0.5 else -1.0
        row = torch.randn(seq_len, 1) * 0.25
        row[place] = signal
        rows.append(row)
        labels.append(int(signal > 0))
    return torch.stack(rows), torch.tensor(labels)
