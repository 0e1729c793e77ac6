"""The slope of the curve.

cell: sigmoid
mistake: derivative of sigmoid
"""


def sigmoid(x):
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)
