"""A new module is made, started and returned.
cell: start_by_keeping
mistake: copy changed
"""


def start_by_keeping(module, longest):
    n = module.hidden_size
    fresh = type(module)(module.input_size, n, batch_first=True)
    with torch.no_grad():
        u = torch.empty(n).uniform_(1, longest - 1).log()
        fresh.bias_ih_l0.zero_()
        fresh.bias_hh_l0.zero_()
        fresh.bias_ih_l0[n : 2 * n] = u
        if isinstance(fresh, nn.LSTM):
            fresh.bias_ih_l0[:n] = -u
    return fresh
