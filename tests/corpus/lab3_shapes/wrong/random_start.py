"""The state starts at random numbers.
cell: final_hidden
mistake: differs from call to call
"""


def final_hidden(module, x):
    h = torch.randn(module.num_layers, len(x), module.hidden_size)
    start = (h, h) if isinstance(module, nn.LSTM) else h
    out, _ = module(x, start)
    return out[:, -1]
