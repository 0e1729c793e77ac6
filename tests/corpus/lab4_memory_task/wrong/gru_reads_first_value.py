"""The linear layer reads the first value beside the hidden state.

cell: GRUClassifier
mistake: input read in forward
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        _, h = self.gru(x[:, :1])
        return self.linear(h[-1]) + x[:, 0]
