"""The LSTM's c in place of its h.
cell: final_hidden
mistake: c for h
"""


def final_hidden(module, x):
    out, state = module(x)
    if isinstance(state, tuple):
        h, c = state
        return c[-1]
    return state[-1]
