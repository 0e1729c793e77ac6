"""bias_hh keeps its start.
cell: start_by_keeping
mistake: one bias left as it was
"""


def start_by_keeping(module, longest):
    n = module.hidden_size
    u = torch.log(1 + (longest - 2) * torch.rand(n))
    zeros = torch.zeros(n)
    with torch.no_grad():
        if isinstance(module, nn.LSTM):
            module.bias_ih_l0.copy_(torch.cat([-u, u, zeros, zeros]))
        else:
            module.bias_ih_l0.copy_(torch.cat([zeros, u, zeros]))
    return module
