"""The forget bias is set to 1.

cell: LSTMClassifier
mistake: other initialisation
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.lstm = nn.LSTM(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)
        nn.init.constant_(self.lstm.bias_ih_l0[hidden_size : 2 * hidden_size], 1.0)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        return self.linear(h[-1])
