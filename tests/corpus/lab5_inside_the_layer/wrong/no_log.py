"""The numbers themselves, not their logarithms.
cell: start_by_keeping
mistake: no logarithm
"""


def start_by_keeping(module, longest):
    n = module.hidden_size
    u = 1 + torch.rand(n) * (longest - 2)
    module.bias_ih_l0.data.zero_()
    module.bias_hh_l0.data.zero_()
    module.bias_ih_l0.data[n : 2 * n] = u
    if isinstance(module, nn.LSTM):
        module.bias_ih_l0.data[:n] = -u
    return module
