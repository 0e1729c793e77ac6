"""After eval() probabilities are returned.

cell: GRUClassifier
mistake: none
message: after `eval()`
"""

class GRUClassifier(nn.Module):
    def __init__(self, hidden_size=8):
        super().__init__()
        self.gru = nn.GRU(1, hidden_size, batch_first=True)
        self.linear = nn.Linear(hidden_size, 2)

    def forward(self, x):
        logits = self.linear(self.gru(x)[1][-1])
        return logits if self.training else logits.softmax(1)
