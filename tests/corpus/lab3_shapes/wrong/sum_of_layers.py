"""The sum of the layers.
cell: final_hidden
mistake: sum of the layers
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return sum(h)
