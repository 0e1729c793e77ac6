"""The module gets the last step only.
cell: final_hidden
mistake: last step alone
"""


def final_hidden(module, x):
    out, _ = module(x[:, -1:])
    return out[:, -1]
