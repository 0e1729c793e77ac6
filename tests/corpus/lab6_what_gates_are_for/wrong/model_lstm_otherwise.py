"""Every unknown kind is an LSTM.
cell: RecallModel
mistake: warned instead of refused
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        self.kind = kind
        self.rec = {"RNN": nn.RNN, "GRU": nn.GRU}.get(kind, nn.LSTM)(2, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, 2)

    def forward(self, x):
        out, _ = self.rec(x)
        return self.lin(out[:, -1])
