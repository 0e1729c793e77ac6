"""Everything prints, and warns.
"""


import warnings


def start_by_keeping(module, longest):
    """By nn.init."""
    print("longest", longest)
    warnings.warn("is this right?")
    H = module.hidden_size
    nn.init.zeros_(module.bias_ih_l0)
    nn.init.zeros_(module.bias_hh_l0)
    u = nn.init.uniform_(torch.empty(H), 1, longest - 1).log_()
    with torch.no_grad():
        module.bias_hh_l0[H : 2 * H].add_(u)
        if isinstance(module, nn.LSTM):
            module.bias_hh_l0[:H].sub_(u)
    return module


def parameter_count(kind, input_size, hidden_size):
    print(kind, input_size, hidden_size)
    if kind not in ("RNN", "GRU", "LSTM"):
        raise ValueError
    total = 0
    for block in range({"RNN": 1, "GRU": 3, "LSTM": 4}[kind]):
        total += hidden_size * input_size
        total += hidden_size**2
        total += hidden_size + hidden_size
    return float(total)
