"""The hidden state is kept for the next call.

cell: GRUClassifier
mistake: state kept between calls
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)
        self.h = None

    def forward(self, x):
        h = self.h if self.h is not None and self.h.shape[1] == len(x) else None
        out, h = self.gru(x, h)
        self.h = h.detach()
        return self.linear(h[-1])
