"""Two mistakes: a further hidden layer with ReLU is added between the LSTM and the output layer, and a dropout that is not asked for makes the logits random in training mode.

cell: LSTMClassifier
mistake: a hidden layer more
message: a further layer, of 16 numbers
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.lstm = nn.LSTM(1, hidden_size, batch_first=True)
        self.classifier = nn.Sequential(
            nn.Dropout(0.2),
            nn.Linear(hidden_size, 16),
            nn.ReLU(),
            nn.Linear(16, 2),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _, (h_n, _) = self.lstm(x)
        return self.classifier(h_n[-1])
