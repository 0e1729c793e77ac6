"""Everything has its form, and is zero."""

def build_dataset(n=160, seq_len=10, label_from="first"):
    if label_from not in ("first", "last"):
        raise ValueError
    return torch.zeros(n, seq_len, 1), torch.zeros(n, dtype=torch.int64)


class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(1, 1)])

    def forward(self, x):
        return torch.zeros(len(x), 2)


class LSTMClassifier(GRUClassifier):
    pass


def train(model, X, y, epochs=80, lr=0.03):
    return [{"epoch": epoch, "loss": 0.0, "acc": 0.0} for epoch in range(1, epochs + 1)]


def accuracy(model, X, y):
    return 0.0
