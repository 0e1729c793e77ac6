"""e typed in as 2.7, and three digits.

cell: sigmoid
mistake: another base than e
message: Besides, the numbers are rounded
"""

E = 2.7

def sigmoid(x):
    y = 1 / (1 + E ** (-x))
    return round(y, 3)
