"""The linear layer is made first.

cell: LSTMClassifier
mistake: linear layer first
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.linear = nn.Linear(hidden_size, 2)
        self.lstm = nn.LSTM(1, hidden_size, batch_first=True)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        return self.linear(h[-1])
