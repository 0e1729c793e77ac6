"""With batch_first=True, out[-1] is all the steps of the last sequence and not the last step of all sequences, so the logits are (seq_len, 2) instead of (batch, 2).

cell: GRUClassifier
mistake: one sequence's steps
message: those of one sequence, a row for each step
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        output, _ = self.gru(x)
        last = output[-1]
        logits = self.linear(last)
        return logits
