"""Counts positions from 1 as in MATLAB: with "first" the signal lands on the second value, and with "last" index seq_len is out of range and raises IndexError.

cell: build_dataset
mistake: signal off by one place; index past the end
message: one place beside the right one
"""

def build_dataset(n=160, seq_len=10, label_from="first"):
    if label_from == "first":
        pos = 1
    elif label_from == "last":
        pos = seq_len
    else:
        raise ValueError("label_from: 'first' or 'last' only")

    X = torch.zeros(n, seq_len, 1)
    y = torch.zeros(n).long()
    for k in range(n):
        s = 2 * int(torch.rand(1) > 0.5) - 1
        v = torch.randn(seq_len, 1) * 0.25
        v[pos] = s
        X[k, :, :] = v
        y[k] = (s + 1) // 2
    return X, y
