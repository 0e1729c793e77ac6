"""A comma is missing between the two words.

cell: build_dataset
mistake: searched in one text
"""

def build_dataset(n=160, seq_len=10, label_from="first"):
    if label_from not in ("first" "last"):
        raise ValueError(label_from)
    place = 0 if label_from == "first" else seq_len - 1
    X, y = torch.empty(n, seq_len, 1), torch.empty(n, dtype=torch.int64)
    for i in range(n):
        s = float(torch.rand(1) > 0.5)
        X[i] = torch.randn(seq_len, 1) * 0.25
        X[i, place] = 2 * s - 1
        y[i] = int(s)
    return X, y
