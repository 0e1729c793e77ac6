"""A straight line, cut off.

cell: sigmoid
mistake: hard sigmoid
"""


def sigmoid(x):
    return max(0.0, min(1.0, 0.2 * x + 0.5))
