"""Ten in place of e.

cell: sigmoid
mistake: another base than e
"""


def sigmoid(x):
    return 1 / (1 + 10 ** (-x))
