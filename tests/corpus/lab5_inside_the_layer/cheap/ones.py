"""Ones of the right shapes.
"""


def lstm_cell(x, h, c, W, U, b, d):
    return torch.ones(h.shape), torch.ones(c.shape)


def gru_cell(x, h, W, U, b, d):
    return torch.ones(h.shape)


def lstm_layer(x, W, U, b, d):
    state = torch.ones(1, len(x), U.shape[1])
    return torch.ones(len(x), x.shape[1], U.shape[1]), (state, state)


def gru_layer(x, W, U, b, d):
    return torch.ones(len(x), x.shape[1], U.shape[1]), torch.ones(1, len(x), U.shape[1])


def parameter_count(kind, input_size, hidden_size):
    if kind not in ("RNN", "GRU", "LSTM"):
        raise ValueError
    return 1


def gradient_by_distance(module, x):
    return [1.0] * x.shape[1]


def start_by_keeping(module, longest):
    with torch.no_grad():
        module.bias_ih_l0.fill_(1)
        module.bias_hh_l0.fill_(1)
    return module
