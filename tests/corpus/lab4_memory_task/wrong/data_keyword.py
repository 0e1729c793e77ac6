"""The third parameter is called mode.

cell: build_dataset
mistake: none
status: error
message: raised a TypeError
"""

def build_dataset(n=160, seq_len=10, mode="first"):
    if mode not in ("first", "last"):
        raise ValueError(mode)
    rows, labels = [], []
    for _ in range(n):
        signal = 1.0 if torch.rand(1).item() > 0.5 else -1.0
        row = torch.randn(seq_len, 1) * 0.25
        row[0 if mode == "first" else -1] = signal
        rows.append(row)
        labels.append(int(signal > 0))
    return torch.stack(rows), torch.tensor(labels)
