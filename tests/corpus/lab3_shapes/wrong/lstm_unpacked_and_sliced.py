"""Every module is unpacked like a GRU, and h is sliced along two axes.
cell: final_hidden
mistake: pair taken for h
status: error
"""


def final_hidden(module, x):
    out, h = module(x)
    return h[-1, :]
