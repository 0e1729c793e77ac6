"""All is added up before r is known.
cell: gru_cell
mistake: reset gate on everything
"""


def gru_cell(x, h, W, U, b, d):
    r, z, n = (x @ W.T + b + h @ U.T + d).chunk(3, dim=1)
    r, z = torch.sigmoid(r), torch.sigmoid(z)
    return (1 - z) * torch.tanh(r * n) + z * h
