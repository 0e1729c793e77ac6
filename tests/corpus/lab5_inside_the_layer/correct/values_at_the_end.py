"""Answers pasted once more below, above a released stub, and a name that is a value at the very end.
"""

# %% end
def parameter_count(kind, input_size, hidden_size):
    if kind in {"RNN": 1, "GRU": 3, "LSTM": 4}:
        G = {"RNN": 1, "GRU": 3, "LSTM": 4}[kind]
        return G * (hidden_size * input_size + hidden_size * hidden_size + 2 * hidden_size)
    raise ValueError(kind)

# %% end
def lstm_layer(x, W, U, b, d):
    raise NotImplementedError("lstm_layer: replace this line with your code")

# %% end
%matplotlib inline
gradient_by_distance = gradient_by_distance(nn.GRU(2, 3, batch_first=True), torch.randn(1, 4, 2))
