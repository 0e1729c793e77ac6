"""v is drawn by randint.
cell: start_by_keeping
mistake: whole numbers only
"""


def start_by_keeping(module, longest):
    H = module.hidden_size
    v = torch.randint(1, longest, (H,))
    u = torch.log(v.float())
    with torch.no_grad():
        module.bias_ih_l0.fill_(0)
        module.bias_hh_l0.fill_(0)
        module.bias_hh_l0[H : 2 * H] = u
        if isinstance(module, nn.LSTM):
            module.bias_hh_l0[0:H] = -u
    return module
