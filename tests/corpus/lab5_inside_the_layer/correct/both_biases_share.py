"""u is split over both biases, drawn from rand, and written through .data.
"""


def start_by_keeping(module, longest):
    H = module.hidden_size
    u = torch.log(1 + (longest - 2) * torch.rand(H))
    for bias in (module.bias_ih_l0.data, module.bias_hh_l0.data):
        bias.fill_(0)
        bias[H : 2 * H] = u / 2
        if module.mode == "LSTM":
            bias[0:H] = -u / 2
    return module
