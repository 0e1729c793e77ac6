"""The pair in the wrong order.
cell: RecallModel
mistake: cell state for hidden state
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        if kind not in ("RNN", "GRU", "LSTM"):
            raise ValueError(kind)
        self.rec = getattr(nn, kind)(2, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, 2)

    def forward(self, x):
        _, state = self.rec(x)
        if isinstance(state, tuple):
            c, h = state
        else:
            h = state
        return self.lin(h[-1])
