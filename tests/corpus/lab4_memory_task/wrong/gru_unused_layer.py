"""A layer of ten that nothing uses.

cell: GRUClassifier
mistake: extra weights
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)
        self.spare = nn.Linear(10, 10)

    def forward(self, x):
        return self.linear(self.gru(x)[1][-1])
