"""Prints its result and returns nothing.

cell: sigmoid
mistake: none
message: is None
"""


def sigmoid(x):
    print(1 / (1 + np.exp(-x)))
