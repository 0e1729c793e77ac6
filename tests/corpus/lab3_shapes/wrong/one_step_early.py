"""out[:, -2], the step before the last.
cell: final_hidden
mistake: step before the last
"""


def final_hidden(module, x):
    out, _ = module(x)
    return out[:, -2]
