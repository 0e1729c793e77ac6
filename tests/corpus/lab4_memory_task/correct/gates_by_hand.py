"""The GRU written out with its own weights, in the order and with the start that PyTorch gives them."""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        k = hidden_size**-0.5
        draw = lambda *shape: nn.Parameter(torch.empty(*shape).uniform_(-k, k))
        self.h = hidden_size
        self.w_ih, self.w_hh = draw(3 * hidden_size, 1), draw(3 * hidden_size, hidden_size)
        self.b_ih, self.b_hh = draw(3 * hidden_size), draw(3 * hidden_size)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        h = torch.zeros(x.shape[0], self.h)
        for t in range(x.shape[1]):
            i = x[:, t] @ self.w_ih.T + self.b_ih
            g = h @ self.w_hh.T + self.b_hh
            r = torch.sigmoid(i[:, : self.h] + g[:, : self.h])
            z = torch.sigmoid(i[:, self.h : 2 * self.h] + g[:, self.h : 2 * self.h])
            n = torch.tanh(i[:, 2 * self.h :] + r * g[:, 2 * self.h :])
            h = (1 - z) * n + z * h
        return self.linear(h)
