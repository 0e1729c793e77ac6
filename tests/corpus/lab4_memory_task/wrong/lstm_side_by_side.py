"""The linear layer gets h and c glued together (2H inputs) instead of h alone.

cell: LSTMClassifier
mistake: h and c side by side
message: two things side by side
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.lstm = nn.LSTM(1, hidden_size, batch_first=True)
        self.fc = nn.Linear(2 * hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _, states = self.lstm(x)
        # the LSTM has two memories, we use both
        final = torch.cat([s[-1] for s in states], dim=1)
        return self.fc(final)
