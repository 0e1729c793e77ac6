"""The draws come from NumPy.

cell: build_dataset
mistake: another generator
"""

import numpy as np


def build_dataset(n=160, seq_len=10, label_from="first"):
    if label_from not in ("first", "last"):
        raise ValueError(label_from)
    place = 0 if label_from == "first" else -1
    rows, labels = [], []
    for _ in range(n):
        signal = 1.0 if np.random.rand() > 0.5 else -1.0
        row = torch.tensor(np.random.randn(seq_len, 1), dtype=torch.float32) * 0.25
        row[place] = signal
        rows.append(row)
        labels.append(int(signal > 0))
    return torch.stack(rows), torch.tensor(labels)
