"""squeeze(0) takes the layer axis away only where it is one.
cell: final_hidden
mistake: squeezed
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return h.squeeze(0)
