"""Nothing is returned.
cell: final_hidden
mistake: no return
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    h[-1]
