"""Eight hidden units, whatever is asked for.

cell: GRUClassifier
mistake: hidden size ignored
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, 8, batch_first=True)
        self.linear = nn.Linear(8, 2)

    def forward(self, x):
        out, h = self.gru(x)
        return self.linear(h[-1])
