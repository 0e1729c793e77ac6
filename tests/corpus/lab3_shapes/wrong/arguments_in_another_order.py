"""The function's own parameters were retyped in another order, hidden_size before input_size, so a positional call swaps the two sizes while the default call is right.

cell: shape_check
mistake: arguments in another order
message: have changed places in the first line
"""

def shape_check(batch_size=4, seq_len=6, hidden_size=16, input_size=8):
    lstm = nn.LSTM(input_size=input_size, hidden_size=hidden_size, batch_first=True)
    gru = nn.GRU(input_size=input_size, hidden_size=hidden_size, batch_first=True)
    x = torch.randn(batch_size, seq_len, input_size)

    o1, (h1, c1) = lstm(x)
    o2, h2 = gru(x)

    return {
        "lstm_out": o1.shape,
        "lstm_h": h1.shape,
        "lstm_c": c1.shape,
        "gru_out": o2.shape,
        "gru_h": h2.shape,
    }
