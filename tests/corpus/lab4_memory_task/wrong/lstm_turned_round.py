"""x is turned to time first although the LSTM is built with batch_first=True, so the LSTM reads across the sequences at each step; out[-1] still has shape (batch, hidden), but holds the wrong numbers.

cell: LSTMClassifier
mistake: x turned round
message: built with batch_first=True
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.lstm = nn.LSTM(1, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seq_first = x.transpose(0, 1)            # (T, B, 1)
        out, (h, c) = self.lstm(seq_first)       # (T, B, H)
        last = out[-1]                           # last time step: (B, H)
        return self.fc(last)
