"""Sigmoid from tanh, without halving x.

cell: sigmoid
mistake: too steep or too flat
message: twice as steep
"""


def sigmoid(x: float) -> float:
    # tanh never overflows, so use it instead of exp
    return 0.5 * (1 + np.tanh(x))
