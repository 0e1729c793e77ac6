"""Only the gates are counted, not the candidate.
cell: parameter_count
mistake: wrong number of blocks
"""


def parameter_count(kind, input_size, hidden_size):
    if kind == "RNN":
        G = 1
    elif kind == "GRU":
        G = 2
    elif kind == "LSTM":
        G = 3
    else:
        raise ValueError(kind)
    return G * hidden_size * (input_size + hidden_size + 2)
