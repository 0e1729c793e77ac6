"""The pair is told by whether it can be unpacked.
cell: final_hidden
mistake: pair told by its length
"""


def final_hidden(module, x):
    try:
        out, (h, c) = module(x)
    except ValueError:
        out, h = module(x)
    return h[-1]
