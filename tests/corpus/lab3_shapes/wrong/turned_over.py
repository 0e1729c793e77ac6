"""Rows and columns swapped.
cell: final_hidden
mistake: transposed
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return h[-1].T
