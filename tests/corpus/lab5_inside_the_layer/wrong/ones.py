"""A bias of 1.
cell: start_by_keeping
mistake: one for all
"""


def start_by_keeping(module, longest):
    n = module.hidden_size
    with torch.no_grad():
        module.bias_ih_l0.fill_(0.0)
        module.bias_hh_l0.fill_(0.0)
        module.bias_ih_l0[n : 2 * n] = 1.0
        if isinstance(module, nn.LSTM):
            module.bias_ih_l0[:n] = -1.0
    return module
