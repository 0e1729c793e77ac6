"""Dropout between the layers.

cell: GRUClassifier
mistake: random layer
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.drop = nn.Dropout(0.3)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        return self.linear(self.drop(self.gru(x)[1][-1]))
