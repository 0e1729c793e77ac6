"""Draws from NumPy's generator.
cell: start_by_keeping
mistake: another generator
"""


import numpy as np


def start_by_keeping(module, longest):
    n = module.hidden_size
    u = torch.tensor(np.log(np.random.uniform(1, longest - 1, n)), dtype=torch.float32)
    with torch.no_grad():
        module.bias_ih_l0.zero_()
        module.bias_hh_l0.zero_()
        module.bias_ih_l0[n : 2 * n] = u
        if isinstance(module, nn.LSTM):
            module.bias_ih_l0[:n] = -u
    return module
