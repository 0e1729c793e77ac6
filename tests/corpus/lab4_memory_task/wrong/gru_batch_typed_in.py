"""The start state is made for a fixed batch of 160 sequences, so any other number of sequences raises a RuntimeError.

cell: GRUClassifier
mistake: none
message: has the shape [1, 160, 8]
status: error
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.batch_size = 160
        self.hidden_size = hidden_size
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.fc = nn.Linear(hidden_size, 2)

    def init_hidden(self):
        return torch.zeros(1, self.batch_size, self.hidden_size)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h0 = self.init_hidden()
        out, hn = self.gru(x, h0)
        return self.fc(hn[-1])
