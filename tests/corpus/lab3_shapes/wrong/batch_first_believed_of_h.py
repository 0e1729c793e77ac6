"""Arithmetic that believes that batch_first turns h round.
cell: shape_check
mistake: batch first in h
"""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    out = (batch_size, seq_len, hidden_size)
    h = (batch_size, 1, hidden_size)
    return {"lstm_out": out, "lstm_h": h, "lstm_c": h, "gru_out": out, "gru_h": h}
