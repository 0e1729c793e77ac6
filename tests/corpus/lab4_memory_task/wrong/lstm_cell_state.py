"""c for h.

cell: LSTMClassifier
mistake: c for h
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.lstm = nn.LSTM(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        return self.linear(c[-1])
