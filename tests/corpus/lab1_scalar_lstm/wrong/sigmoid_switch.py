"""A hard switch.

cell: sigmoid
mistake: a switch for a gate
"""


def sigmoid(x):
    return 1 if x > 0 else 0
