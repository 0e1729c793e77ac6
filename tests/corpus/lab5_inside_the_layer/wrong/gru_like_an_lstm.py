"""A GRU's step that returns two states.
cell: gru_cell
mistake: pair returned
"""


def gru_cell(x, h, W, U, b, d):
    r_x, z_x, n_x = (x @ W.T + b).chunk(3, dim=1)
    r_h, z_h, n_h = (h @ U.T + d).chunk(3, dim=1)
    r, z = torch.sigmoid(r_x + r_h), torch.sigmoid(z_x + z_h)
    n = torch.tanh(n_x + r * n_h)
    new = (1 - z) * n + z * h
    return new, n


def gru_layer(x, W, U, b, d):
    h = x.new_zeros(len(x), U.shape[1])
    shown = []
    for t in range(x.shape[1]):
        h, _ = gru_cell(x[:, t], h, W, U, b, d)
        shown.append(h)
    return torch.stack(shown, dim=1), h.unsqueeze(0)
