"""Time first, inputs transposed: the same numbers without batch_first."""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8):
        super().__init__()
        self.gru = nn.GRU(input_size=1, hidden_size=hidden_size)
        self.fc = nn.Linear(in_features=hidden_size, out_features=2)

    def forward(self, x):
        _, h_n = self.gru(x.transpose(0, 1))
        return self.fc(h_n[-1])
