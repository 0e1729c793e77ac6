"""The first step of out.

cell: LSTMClassifier
mistake: out[:, 0]
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.lstm = nn.LSTM(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        return self.linear(self.lstm(x)[0][:, 0])
