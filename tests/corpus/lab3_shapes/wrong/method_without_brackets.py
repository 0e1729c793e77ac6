"""`.size` without its brackets.
cell: shape_check
mistake: method not called
"""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    x = torch.randn(batch_size, seq_len, input_size)
    lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
    gru = nn.GRU(input_size, hidden_size, batch_first=True)
    lstm_out, (lstm_h, lstm_c) = lstm(x)
    gru_out, gru_h = gru(x)
    return {
        "lstm_out": lstm_out.size,
        "lstm_h": lstm_h.size,
        "lstm_c": lstm_c.size,
        "gru_out": gru_out.size,
        "gru_h": gru_h.size,
    }
