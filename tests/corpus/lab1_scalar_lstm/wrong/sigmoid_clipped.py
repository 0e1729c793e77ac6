"""Cuts its input off at 5 against overflow.

cell: sigmoid
mistake: input cut off
message: cut off at 5.0
"""


def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -5, 5)))
