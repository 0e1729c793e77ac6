"""GRU and Linear are chained with nn.Sequential, but the GRU returns a tuple, so the linear layer raises a TypeError.

cell: GRUClassifier
mistake: Sequential with a GRU
message: nn.Sequential hands on all that a layer gives back
status: error
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.model = nn.Sequential(
            nn.GRU(1, hidden_size, batch_first=True),
            nn.Linear(hidden_size, 2),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.model(x)
