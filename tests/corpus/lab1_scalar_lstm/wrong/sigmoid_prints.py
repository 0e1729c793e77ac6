"""Prints its result and returns nothing.

cell: sigmoid
mistake: no return
message: which Python calls None
"""


def sigmoid(x):
    print(1 / (1 + np.exp(-x)))
