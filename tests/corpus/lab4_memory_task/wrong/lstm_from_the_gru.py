"""The class inherits from GRUClassifier, whose __init__ first makes a GRU and the linear layer, so the LSTM is drawn last and with the same seed all start weights differ from the lab's.

cell: LSTMClassifier
mistake: derived from GRUClassifier
message: is derived from GRUClassifier
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.rnn = nn.GRU(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        out, _ = self.rnn(x)
        return self.linear(out[:, -1])


class LSTMClassifier(GRUClassifier):
    """Same thing, we only replace the layer. out[:, -1] works for both so forward can be inherited."""

    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__(hidden_size)
        self.rnn = nn.LSTM(1, hidden_size, batch_first=True)
