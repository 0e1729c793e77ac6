"""Uses a library that was never imported.

cell: sigmoid
mistake: none
message: raised a NameError
status: error
"""


def sigmoid(x):
    return scipy.special.expit(x)
