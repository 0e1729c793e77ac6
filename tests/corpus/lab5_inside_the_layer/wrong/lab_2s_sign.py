"""Minus for the GRU, as lab 2's mix would have it.
cell: start_by_keeping
mistake: sign turned
"""


def start_by_keeping(module, longest):
    n = module.hidden_size
    u = torch.log(torch.empty(n).uniform_(1, longest - 1))
    for bias in (module.bias_ih_l0.data, module.bias_hh_l0.data):
        bias.zero_()
    if isinstance(module, nn.GRU):
        module.bias_ih_l0.data[n : 2 * n] = -u
    else:
        module.bias_ih_l0.data[: 2 * n] = torch.cat([-u, u])
    return module
