"""x is turned round for a module that has batch_first, and the state is taken.
cell: final_hidden
mistake: batch and time swapped
"""


def final_hidden(module, x):
    x = x.permute(1, 0, 2)
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return h[-1]
