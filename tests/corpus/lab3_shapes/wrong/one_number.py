"""The mean of everything, as a number.
cell: final_hidden
mistake: a number for a row
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return h[-1].mean().item()
