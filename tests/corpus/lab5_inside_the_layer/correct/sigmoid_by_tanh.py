"""sigmoid is written by hand, as a tanh.
"""


def squash(x):
    return 0.5 + 0.5 * torch.tanh(0.5 * x)


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = (x @ W.T + h @ U.T + b + d).chunk(4, 1)
    c = squash(f) * c + squash(i) * (2 * squash(2 * g) - 1)
    return squash(o) * (2 * squash(2 * c) - 1), c
