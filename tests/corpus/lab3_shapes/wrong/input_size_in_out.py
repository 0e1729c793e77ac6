"""Arithmetic that believes that out is shaped like x.
cell: shape_check
mistake: shape of x for out
"""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    out = (batch_size, seq_len, input_size)
    h = (1, batch_size, hidden_size)
    return {"lstm_out": out, "lstm_h": h, "lstm_c": h, "gru_out": out, "gru_h": h}
