"""Every module is unpacked like a GRU.
cell: final_hidden
mistake: pair taken for h; squeezed
status: error
"""


def final_hidden(module, x):
    out, h = module(x)
    return h.squeeze(0)
