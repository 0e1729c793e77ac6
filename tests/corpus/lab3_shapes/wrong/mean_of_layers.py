"""The mean over the layers.
cell: final_hidden
mistake: mean over the layers
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return h.mean(dim=0)
