"""For an unknown label_from the ValueError is returned as a value and not raised, so the caller gets an exception object and no exception happens.

cell: build_dataset
mistake: return for raise
message: handed back by return
"""

def build_dataset(
    n: int = 160, seq_len: int = 10, label_from: str = "first"
) -> tuple[torch.Tensor, torch.Tensor]:
    if label_from != "first" and label_from != "last":
        return ValueError("label_from has to be 'first' or 'last'")

    X = torch.zeros(n, seq_len, 1)
    y = torch.zeros(n, dtype=torch.long)

    for row in range(n):
        r = torch.rand(1)
        s = 1.0 if r > 0.5 else -1.0
        X[row] = torch.randn(seq_len, 1) * 0.25
        if label_from == "first":
            X[row, 0] = s
        if label_from == "last":
            X[row, -1] = s
        if s == 1.0:
            y[row] = 1

    return X, y
