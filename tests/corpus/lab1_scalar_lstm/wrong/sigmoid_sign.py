"""e to the power of plus x.

cell: sigmoid
mistake: sign of the exponent
"""


def sigmoid(x):
    return 1 / (1 + np.exp(x))
