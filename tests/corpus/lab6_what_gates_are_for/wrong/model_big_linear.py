"""The linear layer reads all steps at once.
cell: RecallModel
mistake: none
message: holds other weights than
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        if kind not in ("RNN", "GRU", "LSTM"):
            raise ValueError(kind)
        self.rec = getattr(nn, kind)(2, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size * 30, 2)

    def forward(self, x):
        return self.lin(self.rec(x)[0].flatten(1))
