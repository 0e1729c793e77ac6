"""The first state has two rows.
cell: gru_layer
mistake: batch size typed in
status: error
"""


def gru_layer(x, W, U, b, d):
    h = torch.zeros(2, U.shape[1], dtype=x.dtype)
    out = []
    for t in range(x.shape[1]):
        h = gru_cell(x[:, t], h, W, U, b, d)
        out.append(h)
    return torch.stack(out, dim=1), h.unsqueeze(0)
