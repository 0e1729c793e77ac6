"""One bias per block, as in textbooks.
cell: parameter_count
mistake: one bias
"""


def parameter_count(kind, input_size, hidden_size):
    gates = {"RNN": 1, "GRU": 3, "LSTM": 4}.get(kind)
    if gates is None:
        raise ValueError("unknown kind")
    return gates * ((input_size + hidden_size) * hidden_size + hidden_size)
