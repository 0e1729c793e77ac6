"""Zero states are handed in by hand, and types are written out."""


def shape_check(batch_size: int = 4, seq_len: int = 6, input_size: int = 8, hidden_size: int = 16) -> dict:
    h0 = torch.zeros(1, batch_size, hidden_size)
    c0 = torch.zeros_like(h0)
    x = torch.randn(batch_size, seq_len, input_size)
    lstm_out, (hn, cn) = nn.LSTM(input_size, hidden_size, batch_first=True)(x, (h0, c0))
    gru_out, gn = nn.GRU(input_size, hidden_size, batch_first=True)(x, h0)
    return {
        "lstm_out": tuple(lstm_out.size()),
        "lstm_h": tuple(hn.size()),
        "lstm_c": tuple(cn.size()),
        "gru_out": tuple(gru_out.size()),
        "gru_h": tuple(gn.size()),
    }


def final_hidden(module: nn.Module, x: torch.Tensor) -> torch.Tensor:
    zeros = torch.zeros(module.num_layers, x.size(0), module.hidden_size)
    if module.mode == "LSTM":
        _, (h, _) = module(x, (zeros, zeros.clone()))
    else:
        _, h = module(x, zeros)
    return h[module.num_layers - 1]
