"""The index of the last step is typed in.
cell: final_hidden
mistake: none
status: error
message: raised an IndexError
"""


def final_hidden(module, x):
    out, _ = module(x)
    return out[:, 6]
