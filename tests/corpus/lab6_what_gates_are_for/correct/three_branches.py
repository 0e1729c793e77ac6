"""A branch for each kind; the LSTM unpacks its pair.
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        self.kind = kind
        if kind == "RNN":
            self.reader = nn.RNN(2, hidden_size, batch_first=True)
        elif kind == "GRU":
            self.reader = nn.GRU(2, hidden_size, batch_first=True)
        elif kind == "LSTM":
            self.reader = nn.LSTM(2, hidden_size, batch_first=True)
        else:
            raise ValueError("RNN, GRU or LSTM")
        self.answer = nn.Linear(hidden_size, 2)

    def forward(self, x):
        if self.kind == "LSTM":
            _, (h, c) = self.reader(x)
        else:
            _, h = self.reader(x)
        return self.answer(h.squeeze(0))
