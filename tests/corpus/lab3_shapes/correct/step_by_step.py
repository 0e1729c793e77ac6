"""Feeds the module one step at a time and carries the state on."""


def shape_check(batch_size=4, seq_len=6, input_size=8, hidden_size=16):
    lstm = nn.LSTM(input_size, hidden_size, batch_first=True)
    gru = nn.GRU(input_size, hidden_size, batch_first=True)
    steps = torch.randn(batch_size, seq_len, input_size).split(1, dim=1)
    pair, h, lstm_outs, gru_outs = None, None, [], []
    for step in steps:
        out, pair = lstm(step, pair)
        lstm_outs.append(out)
        out, h = gru(step, h)
        gru_outs.append(out)
    return {
        "lstm_out": torch.cat(lstm_outs, 1).shape,
        "lstm_h": pair[0].shape,
        "lstm_c": pair[1].shape,
        "gru_out": torch.cat(gru_outs, 1).shape,
        "gru_h": h.shape,
    }


def final_hidden(module, x):
    state = None
    for t in range(x.shape[1]):
        out, state = module(x[:, t : t + 1], state)
    return out.squeeze(1)
