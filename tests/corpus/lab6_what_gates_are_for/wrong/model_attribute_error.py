"""getattr refuses by AttributeError.
cell: RecallModel
mistake: no ValueError
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        self.kind = kind
        self.rec = getattr(nn, kind)(2, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, 2)

    def forward(self, x):
        return self.lin(self.rec(x)[0][:, -1, :])
