"""The plain RNN with ReLU.
cell: RecallModel
mistake: none
message: has the right form, but other numbers
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        if kind not in ("RNN", "GRU", "LSTM"):
            raise ValueError(kind)
        more = {"nonlinearity": "relu"} if kind == "RNN" else {}
        self.rec = getattr(nn, kind)(2, hidden_size, batch_first=True, **more)
        self.lin = nn.Linear(hidden_size, 2)

    def forward(self, x):
        return self.lin(self.rec(x)[0][:, -1, :])
