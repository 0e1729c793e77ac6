"""Rounded to three digits.

cell: sigmoid
mistake: rounded
"""


def sigmoid(x):
    return round(1 / (1 + np.exp(-x)), 3)
