"""One sigmoid over all four blocks.
cell: lstm_cell
mistake: sigmoid for the candidate
"""


def lstm_cell(x, h, c, W, U, b, d):
    i, f, g, o = torch.sigmoid(x @ W.T + h @ U.T + b + d).chunk(4, 1)
    c = f * c + i * g
    return o * torch.tanh(c), c
