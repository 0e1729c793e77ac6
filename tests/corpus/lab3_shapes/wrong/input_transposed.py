"""x is turned round for a module that has batch_first.
cell: final_hidden
mistake: batch and time swapped
"""


def final_hidden(module, x):
    out, _ = module(x.transpose(0, 1))
    return out[-1]
