"""One u for all units.
cell: start_by_keeping
mistake: one draw for all
"""


def start_by_keeping(module, longest):
    n = module.hidden_size
    with torch.no_grad():
        u = torch.empty(1).uniform_(1, longest - 1).log().item()
        module.bias_ih_l0.zero_()
        module.bias_hh_l0.zero_()
        module.bias_ih_l0[n : 2 * n] = u
        if isinstance(module, nn.LSTM):
            module.bias_ih_l0[:n] = -u
    return module
