"""A bare True as third argument.
cell: shape_check
mistake: batch_first by position
status: error
"""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    x = torch.randn(batch_size, seq_len, input_size)
    lstm = nn.LSTM(input_size, hidden_size, True)
    gru = nn.GRU(input_size, hidden_size, True)
    lstm_out, (lstm_h, lstm_c) = lstm(x)
    gru_out, gru_h = gru(x)
    return {
        "lstm_out": lstm_out.shape,
        "lstm_h": lstm_h.shape,
        "lstm_c": lstm_c.shape,
        "gru_out": gru_out.shape,
        "gru_h": gru_h.shape,
    }
