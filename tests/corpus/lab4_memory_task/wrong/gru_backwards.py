"""Sequences are read backwards.

cell: GRUClassifier
mistake: sequence reversed
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        return self.linear(self.gru(x.flip(1))[1][-1])
