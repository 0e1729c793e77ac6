"""A series that is summed for ever.

cell: sigmoid
mistake: none
message: a loop that does not end
status: timeout
"""


def sigmoid(x):
    total, term, k = 1.0, 1.0, 1
    while term != 0.5:
        term = term * -x / k
        total += term
    return 1 / (1 + total)
