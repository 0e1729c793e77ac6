"""Each unit draws for itself in a loop; bias_hh cancels what bias_ih holds.
"""


import math


def start_by_keeping(module, longest):
    n = module.hidden_size
    is_lstm = type(module) is nn.LSTM
    with torch.no_grad():
        module.bias_hh_l0.copy_(-module.bias_ih_l0)
        for unit in range(n):
            u = math.log(1 + torch.rand(()).item() * (longest - 2))
            module.bias_hh_l0[n + unit] += u
            if is_lstm:
                module.bias_hh_l0[unit] -= u
    return module
