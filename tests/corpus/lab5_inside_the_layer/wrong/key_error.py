"""The dict's own exception.
cell: parameter_count
mistake: other exception
"""


def parameter_count(kind, input_size, hidden_size):
    H, I = hidden_size, input_size
    return dict(RNN=1, GRU=3, LSTM=4)[kind] * (H * I + H * H + H + H)
