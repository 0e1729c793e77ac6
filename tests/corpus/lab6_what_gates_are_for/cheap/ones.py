"""Ones of the right shapes.
"""


def recall_data(n=400, seq_len=30):
    return torch.ones(n, seq_len, 2), torch.ones(n, dtype=torch.int64)


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        if kind not in ("RNN", "GRU", "LSTM"):
            raise ValueError(kind)

    def forward(self, x):
        return torch.ones(len(x), 2)


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    return [{"epoch": k + 1, "loss": 1.0, "acc": 1.0, "norm": 1.0} for k in range(epochs)]


def surgery(x, W, U, b, d, gate, steps, value):
    if gate not in ("input", "forget", "output"):
        raise ValueError(gate)
    return torch.ones(len(x), U.shape[1])
