"""e multiplied by minus x, read wrongly from the formula.

cell: sigmoid
mistake: e times x
"""
import math


def sigmoid(x):
    return 1 / (1 + math.e * -x)
