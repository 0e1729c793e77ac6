"""Rounded to four decimals.
cell: final_hidden
mistake: rounded
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return torch.round(h[-1], decimals=4)
