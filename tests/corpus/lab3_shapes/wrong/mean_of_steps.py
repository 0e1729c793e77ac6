"""The mean over time.
cell: final_hidden
mistake: mean over time
"""


def final_hidden(module, x):
    out, _ = module(x)
    return out.mean(dim=1)
