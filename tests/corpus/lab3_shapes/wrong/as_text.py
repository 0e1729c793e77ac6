"""The shapes are turned into text.
cell: shape_check
mistake: text for a shape
"""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    x = torch.randn(batch_size, seq_len, input_size)
    lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
    gru = nn.GRU(input_size, hidden_size, batch_first=True)
    lstm_out, (lstm_h, lstm_c) = lstm(x)
    gru_out, gru_h = gru(x)
    return {
        "lstm_out": str(lstm_out.shape),
        "lstm_h": str(lstm_h.shape),
        "lstm_c": str(lstm_c.shape),
        "gru_out": str(gru_out.shape),
        "gru_h": str(gru_h.shape),
    }
