"""The number of axes in place of the shapes.
cell: shape_check
mistake: no shape
"""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    x = torch.randn(batch_size, seq_len, input_size)
    lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
    gru = nn.GRU(input_size, hidden_size, batch_first=True)
    lstm_out, (lstm_h, lstm_c) = lstm(x)
    gru_out, gru_h = gru(x)
    return {
        "lstm_out": lstm_out.ndim,
        "lstm_h": lstm_h.ndim,
        "lstm_c": lstm_c.ndim,
        "gru_out": gru_out.ndim,
        "gru_h": gru_h.ndim,
    }
