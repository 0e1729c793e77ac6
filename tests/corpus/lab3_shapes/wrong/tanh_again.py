"""tanh around the result.
cell: final_hidden
mistake: tanh once more
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return torch.tanh(h[-1])
