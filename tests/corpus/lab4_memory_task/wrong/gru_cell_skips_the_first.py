"""The hand-written loop over a GRUCell starts at step 1, so the first value of every sequence, the one with the signal, is never read.

cell: GRUClassifier
mistake: first value never read
message: The first value of each sequence is never read
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.hidden_size = hidden_size
        self.cell = nn.GRUCell(1, hidden_size)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        B, T, _ = x.shape
        h = torch.zeros(B, self.hidden_size)   # h_0
        for t in range(1, T):
            h = self.cell(x[:, t], h)
        return self.linear(h)
