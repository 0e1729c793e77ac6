"""The layer is made, and its weights are counted.
"""


def parameter_count(kind, input_size, hidden_size):
    match kind:
        case "RNN" | "GRU" | "LSTM":
            return sum(p.numel() for p in getattr(nn, kind)(input_size, hidden_size).parameters())
        case _:
            raise ValueError("what is a " + kind + "?")
