"""Both classifiers as loops over cells, with the states written out."""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.hidden_size = hidden_size
        self.cell = nn.GRUCell(1, hidden_size)
        self.out = nn.Linear(hidden_size, 2)

    def forward(self, x):
        h = torch.zeros(len(x), self.hidden_size)
        for t in range(x.size(1)):
            h = self.cell(x[:, t], h)
        return self.out(h)


class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.hidden_size = hidden_size
        self.cell = nn.LSTMCell(1, hidden_size)
        self.out = nn.Linear(hidden_size, 2)

    def forward(self, x):
        h = x.new_zeros(len(x), self.hidden_size)
        c = torch.zeros_like(h)
        for x_t in x.unbind(dim=1):
            h, c = self.cell(x_t, (h, c))
        return self.out(h)
