"""h and c are set to zero inside the loop over the steps, so nothing is carried from step to step and the logits depend on the last value only.

cell: LSTMClassifier
mistake: last value alone
message: nothing is carried from step to step
"""

class LSTMClassifier(nn.Module):
    def __init__(self, hidden_size: int = 8) -> None:
        super().__init__()
        self.n_hidden = hidden_size
        self.lstm = nn.LSTMCell(1, hidden_size)
        self.fc = nn.Linear(hidden_size, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        n = x.shape[0]
        for x_t in x.unbind(dim=1):
            h_t = torch.zeros(n, self.n_hidden)
            c_t = torch.zeros(n, self.n_hidden)
            h_t, c_t = self.lstm(x_t, (h_t, c_t))
        return self.fc(h_t)
