"""The sum over time.
cell: final_hidden
mistake: sum over time
"""


def final_hidden(module, x):
    return module(x)[0].sum(1)
