"""e^x over 1 + e^x in float32: infinity by infinity, far out.

cell: sigmoid
mistake: none
message: is nan, not a finite number
"""


def sigmoid(x):
    e = np.exp(np.float32(x))
    return e / (1 + e)
