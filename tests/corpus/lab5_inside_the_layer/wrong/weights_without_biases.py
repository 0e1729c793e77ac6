"""W and U alone.
cell: parameter_count
mistake: no biases
"""


def parameter_count(kind, input_size, hidden_size):
    if kind not in ["RNN", "GRU", "LSTM"]:
        raise ValueError
    G = {"R": 1, "G": 3, "L": 4}[kind[0]]
    return G * hidden_size * input_size + G * hidden_size**2
