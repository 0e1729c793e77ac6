"""The shape in place of the tensor.
cell: final_hidden
mistake: shape for a tensor
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return h[-1].shape
