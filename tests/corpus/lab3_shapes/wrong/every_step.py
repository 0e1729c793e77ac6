"""All of out is returned.
cell: final_hidden
mistake: all steps returned
"""


def final_hidden(module, x):
    out, _ = module(x)
    return out
