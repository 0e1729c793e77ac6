"""ReLU around the candidate.
cell: gru_cell
mistake: relu for the candidate
"""


def gru_cell(x, h, W, U, b, d):
    r_x, z_x, n_x = (x @ W.T + b).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ U.T + d).chunk(3, dim=1)
    r, z = torch.sigmoid(r_x + r_h), torch.sigmoid(z_x + z_h)
    n = torch.relu(n_x + r * n_h)
    return (1 - z) * n + z * h
