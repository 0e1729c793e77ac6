"""A loop over cells, for each kind.
"""


class RecallModel(nn.Module):
    def __init__(self, kind="GRU", hidden_size=16):
        super().__init__()
        cells = {"RNN": nn.RNNCell, "GRU": nn.GRUCell, "LSTM": nn.LSTMCell}
        if kind not in cells:
            raise ValueError(kind)
        self.cell = cells[kind](2, hidden_size)
        self.out = nn.Linear(hidden_size, 2)

    def forward(self, x):
        state = None
        for step in x.unbind(1):
            state = self.cell(step, state)
        h = state[0] if isinstance(state, tuple) else state
        return self.out(h)
