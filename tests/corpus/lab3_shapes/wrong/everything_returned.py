"""What the module returned is returned.
cell: final_hidden
mistake: all returned
"""


def final_hidden(module, x):
    return module(x)
