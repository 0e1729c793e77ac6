"""All layers side by side.
cell: final_hidden
mistake: layers glued together
"""


def final_hidden(module, x):
    out, state = module(x)
    h = state[0] if isinstance(state, tuple) else state
    return torch.cat(list(h), dim=1)
