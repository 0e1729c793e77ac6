"""The GRU is made inside forward, so every call uses new random weights, which are not among the model's parameters when the optimizer is made and are never trained.

cell: GRUClassifier
mistake: GRU made in forward
message: is made in forward
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.hidden_size = hidden_size
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        gru = nn.GRU(x.shape[2], self.hidden_size, batch_first=True)
        _, h = gru(x)
        return self.linear(h[-1])
