"""The state of the last batch is kept where it fits.
cell: RecallModel
mistake: state kept between calls
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        if kind not in ("RNN", "GRU", "LSTM"):
            raise ValueError(kind)
        self.rec = getattr(nn, kind)(2, hidden_size, batch_first=True)
        self.lin = nn.Linear(hidden_size, 2)
        self.state = None

    def forward(self, x):
        fits = self.state is not None and self.state.shape[1] == len(x)
        start = self.state if fits else torch.zeros(1, len(x), self.rec.hidden_size)
        if isinstance(self.rec, nn.LSTM):
            start = start, torch.zeros_like(start)
        out, _ = self.rec(x, start)
        self.state = out[:, -1].detach()[None]
        return self.lin(out[:, -1])
