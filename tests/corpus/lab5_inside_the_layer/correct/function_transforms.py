"""torch.func takes the gradient; Python floats by math.sqrt.
"""


import math


def gradient_by_distance(module, x):
    slope = torch.func.grad(lambda y: module(y)[0][:, -1].sum())(x)
    T = x.shape[1]
    return [math.sqrt(float((slope[:, T - 1 - k] ** 2).sum())) for k in range(T)]
