"""The input is brought to (seq_len, batch, 1) with view instead of a transpose, which does not swap the axes but mixes values of different sequences.

cell: GRUClassifier
mistake: axes swapped by reshape
message: reshape and view swap no axes
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.hidden_size = hidden_size
        self.rnn = nn.GRU(1, hidden_size)
        self.decoder = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, steps, features = x.size()
        # GRU wants (seq_len, batch, input_size)
        x = x.contiguous().view(steps, batch, features)
        _, hn = self.rnn(x)
        return self.decoder(hn[-1])
