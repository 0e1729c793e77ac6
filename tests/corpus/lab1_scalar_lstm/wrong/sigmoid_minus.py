"""A minus in the denominator.

cell: sigmoid
mistake: minus in the denominator
"""


def sigmoid(x):
    return 1 / (1 - np.exp(-x))
