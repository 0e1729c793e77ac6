"""softmax around the result.
cell: final_hidden
mistake: softmax added
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return h[-1].softmax(-1)
