"""No brackets around the denominator.

cell: sigmoid
mistake: missing brackets
"""


def sigmoid(x):
    return 1 / 1 + np.exp(-x)
