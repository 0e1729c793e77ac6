"""h has shape (1, batch, H), and h[:, -1, :] takes the final state of the last sequence alone, so only one row of logits, (1, 2), comes out for the whole batch.

cell: GRUClassifier
mistake: one sequence only
message: one row of logits for the whole batch
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _, h = self.gru(x)
        h_T = h[:, -1, :]   # last time step
        return self.out(h_T)
