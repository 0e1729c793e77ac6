"""Wraps the number in an array.

cell: sigmoid
mistake: none
message: an array of shape (1,)
"""


def sigmoid(x):
    return 1 / (1 + np.exp(-np.array([x])))
