"""One buffer tensor is reused and appended again and again without a copy, so all n rows of X end up equal to the last one.

cell: build_dataset
mistake: one tensor filled again and again
message: All your rows are the last one
"""

def build_dataset(
    n: int = 160, seq_len: int = 10, label_from: str = "first"
) -> tuple[torch.Tensor, torch.Tensor]:
    if label_from not in ("first", "last"):
        raise ValueError("label_from must be 'first' or 'last'")

    buffer = torch.empty(seq_len, 1)  # allocate once, faster
    signal_index = 0 if label_from == "first" else seq_len - 1
    rows, labels = [], []
    for _ in range(n):
        signal = 1.0 if torch.rand(1).item() > 0.5 else -1.0
        buffer[:] = torch.randn(seq_len, 1) * 0.25
        buffer[signal_index, 0] = signal
        rows.append(buffer)
        labels.append(int(signal > 0))
    return torch.stack(rows), torch.tensor(labels, dtype=torch.int64)
