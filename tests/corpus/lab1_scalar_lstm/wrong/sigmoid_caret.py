"""A power written as in Matlab.

cell: sigmoid
mistake: none
message: In Python `^` is no power
status: error
"""


def sigmoid(x: float) -> float:
    e = np.e
    s = 1 / (1 + e^(-x));
    return s;
