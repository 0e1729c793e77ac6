"""All signs, then all the noise.

cell: build_dataset
mistake: draws for all rows at once
"""

def build_dataset(n=160, seq_len=10, label_from="first"):
    if label_from not in ("first", "last"):
        raise ValueError(label_from)
    place = 0 if label_from == "first" else -1
    y = (torch.rand(n) > 0.5).long()
    X = torch.randn(n, seq_len, 1) * 0.25
    X[:, place, 0] = 2.0 * y - 1
    return X, y
