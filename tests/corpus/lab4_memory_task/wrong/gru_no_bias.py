"""No bias.

cell: GRUClassifier
mistake: other weights
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, bias=False, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        out, h = self.gru(x)
        return self.linear(h[-1])
