"""The default sizes are gone from the first line.
cell: shape_check
mistake: no default sizes
status: error
"""


def shape_check(batch_size, seq_len, input_size, hidden_size):
    x = torch.randn(batch_size, seq_len, input_size)
    lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
    gru = nn.GRU(input_size, hidden_size, batch_first=True)
    lstm_out, (lstm_h, lstm_c) = lstm(x)
    gru_out, gru_h = gru(x)
    return {
        "lstm_out": lstm_out.shape,
        "lstm_h": lstm_h.shape,
        "lstm_c": lstm_c.shape,
        "gru_out": gru_out.shape,
        "gru_h": gru_h.shape,
    }
