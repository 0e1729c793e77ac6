"""The pair is told by its length.
cell: final_hidden
mistake: pair told by its length
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if len(state) == 2 else state
    return h[-1]
