"""All parameters are cleared first.
cell: start_by_keeping
mistake: weights cleared
"""


def start_by_keeping(module, longest):
    n = module.hidden_size
    with torch.no_grad():
        for weight in module.parameters():
            weight.zero_()
        u = torch.empty(n).uniform_(1, longest - 1).log()
        module.bias_ih_l0[n : 2 * n] = u
        if isinstance(module, nn.LSTM):
            module.bias_ih_l0[:n] = -u
    return module
