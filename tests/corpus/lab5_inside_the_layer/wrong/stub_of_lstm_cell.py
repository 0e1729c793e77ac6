"""The LSTM's cell is not written; its layer calls it.
cell: lstm_cell
mistake: none
message: is not written yet
"""


def lstm_layer(x, W, U, b, d):
    h = c = x.new_zeros(len(x), U.shape[1])
    out = []
    for t in range(x.shape[1]):
        h, c = lstm_cell(x[:, t], h, c, W, U, b, d)
        out.append(h)
    return torch.stack(out, dim=1), (h[None], c[None])


def lstm_cell(x, h, c, W, U, b, d):
    raise NotImplementedError("lstm_cell: replace this line with your code")
