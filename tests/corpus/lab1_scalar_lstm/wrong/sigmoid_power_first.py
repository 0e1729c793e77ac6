"""The power -1 is taken of the exponential alone.

cell: sigmoid
mistake: missing brackets
message: takes a power (**) before it adds
"""


def sigmoid(x: float) -> float:
    # 1/a is the same as a^-1
    return 1 + np.exp(-x) ** -1
