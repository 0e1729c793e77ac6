"""Returns the printed form.

cell: sigmoid
mistake: none
message: is a text
"""


def sigmoid(x):
    return f"{1 / (1 + np.exp(-x)):.4f}"
