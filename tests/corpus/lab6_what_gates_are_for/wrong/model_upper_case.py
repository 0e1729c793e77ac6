"""Small letters are let through.
cell: RecallModel
mistake: any upper or lower case
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        if kind.upper() not in {"RNN", "GRU", "LSTM"}:
            raise ValueError(kind)
        self.rec = getattr(nn, kind.upper())(2, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, 2)

    def forward(self, x):
        return self.lin(self.rec(x)[0][:, -1])
