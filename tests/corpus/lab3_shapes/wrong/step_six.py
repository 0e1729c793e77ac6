"""The index of the last step is typed in.
cell: final_hidden
mistake: a step typed in
"""


def final_hidden(module, x):
    out, _ = module(x)
    return out[:, 6]
