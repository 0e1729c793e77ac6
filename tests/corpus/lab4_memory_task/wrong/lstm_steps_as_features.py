"""Two mistakes: the ten steps are taken for ten input features (input size 10), and the squeezed 2-D input is one unbatched sequence for PyTorch, so the LSTM runs across the sequences of the batch.

cell: LSTMClassifier
mistake: input size of 10
message: input size is 10
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        seq_len = 10
        self.lstm = nn.LSTM(seq_len, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x.squeeze(-1)          # (batch, 10)
        out, _ = self.lstm(x)      # (batch, hidden)
        return self.fc(out)
