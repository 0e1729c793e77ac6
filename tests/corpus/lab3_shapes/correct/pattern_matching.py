"""Structural pattern matching tells the two modules apart."""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    x = torch.randn(batch_size, seq_len, input_size)
    shapes = {}
    for module in (nn.LSTM(input_size, hidden_size, batch_first=True), nn.GRU(input_size, hidden_size, batch_first=True)):
        match module(x):
            case (out, (h, c)):
                shapes |= {"lstm_out": out.shape, "lstm_h": h.shape, "lstm_c": c.shape}
            case (out, h):
                shapes |= {"gru_out": out.shape, "gru_h": h.shape}
    return shapes


def final_hidden(module, x):
    match module(x):
        case (_, (h, _)):
            return h[-1]
        case (_, h):
            return h[-1]
