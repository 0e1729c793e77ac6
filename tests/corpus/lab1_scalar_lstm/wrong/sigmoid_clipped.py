"""Cuts its input off at 5 against overflow.

cell: sigmoid
mistake: none
message: far from zero it is not
"""


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -5, 5)))
