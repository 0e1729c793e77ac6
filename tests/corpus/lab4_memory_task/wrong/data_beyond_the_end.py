"""With label_from="last" the signal is written at index seq_len, one past the end (the Matlab/R way of counting), which raises IndexError.

cell: build_dataset
mistake: index past the end
message: an index that the sequence does not have
status: error
"""

def build_dataset(n=160, seq_len=10, label_from="first"):
    if label_from not in ("first", "last"):
        raise ValueError("label_from must be 'first' or 'last'")

    X = torch.zeros(n, seq_len, 1)
    y = torch.zeros(n, dtype=torch.long)

    for k in range(n):
        r = torch.rand(1)
        if r > 0.5:
            s = 1
            y[k] = 1
        else:
            s = -1
            y[k] = 0
        X[k] = torch.randn(seq_len, 1) * 0.25
        if label_from == "first":
            X[k, 0, 0] = s
        if label_from == "last":
            X[k, seq_len, 0] = s

    return X, y
