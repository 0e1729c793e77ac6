"""The linear layer is made first.

cell: GRUClassifier
mistake: linear layer first
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.linear = nn.Linear(hidden_size, 2)
        self.gru = nn.GRU(1, hidden_size, batch_first=True)

    def forward(self, x):
        out, h = self.gru(x)
        return self.linear(h[-1])
