"""The mix of lab 2.
cell: gru_cell
mistake: swapped mix
"""


def gru_cell(x, h, W, U, b, d):
    xr, xz, xn = torch.split(x @ W.T + b, h.shape[1], 1)
    hr, hz, hn = torch.split(h @ U.T + d, h.shape[1], 1)
    r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
    new = torch.tanh(xn + r * hn)
    return (1 - z) * h + z * new
