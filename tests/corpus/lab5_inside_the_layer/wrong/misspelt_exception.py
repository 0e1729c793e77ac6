"""ValueError is misspelt.
cell: parameter_count
mistake: other exception
"""


BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}


def parameter_count(kind, input_size, hidden_size):
    if kind not in BLOCKS:
        raise ValueErorr(f"kind must be RNN, GRU or LSTM, not {kind}")
    per_block = hidden_size * (input_size + hidden_size + 2)
    return BLOCKS[kind] * per_block
