"""PyTorch's own cells: the answers are right, whatever was learned.
"""


def lstm_cell(x, h, c, W, U, b, d):
    return torch.lstm_cell(x, (h, c), W, U, b, d)


def gru_cell(x, h, W, U, b, d):
    return torch.gru_cell(x, h, W, U, b, d)
