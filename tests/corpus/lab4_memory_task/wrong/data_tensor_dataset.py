"""The data are right, but they come wrapped in a TensorDataset instead of as the pair X, y.

cell: build_dataset
mistake: none
message: should return X, y, but returned an object
"""

from torch.utils.data import TensorDataset


def build_dataset(
    n: int = 160, seq_len: int = 10, label_from: str = "first"
) -> tuple[torch.Tensor, torch.Tensor]:
    """Make n noisy sequences in which one value gives the label."""
    if label_from not in ("first", "last"):
        raise ValueError(f"label_from must be 'first' or 'last', got {label_from!r}")

    signal_idx = 0 if label_from == "first" else seq_len - 1
    X = torch.empty(n, seq_len, 1, dtype=torch.float32)
    y = torch.empty(n, dtype=torch.int64)

    for i in range(n):
        is_positive = torch.rand(1).item() > 0.5
        X[i] = torch.randn(seq_len, 1) * 0.25
        X[i, signal_idx, 0] = 1.0 if is_positive else -1.0
        y[i] = int(is_positive)

    return TensorDataset(X, y)
