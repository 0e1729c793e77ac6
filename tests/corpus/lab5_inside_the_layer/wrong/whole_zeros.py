"""The states start from whole numbers.
cell: lstm_layer
mistake: start of another type
status: error
"""


def zero_state(rows, columns):
    return torch.tensor([[0] * columns for _ in range(rows)])


def lstm_layer(x, W, U, b, d):
    B, T, _ = x.shape
    H = U.shape[1]
    h = zero_state(B, H)
    c = zero_state(B, H)
    all_h = []
    for t in range(T):
        h, c = lstm_cell(x[:, t], h, c, W, U, b, d)
        all_h.append(h)
    return torch.stack(all_h, dim=1), (h.unsqueeze(0), c.unsqueeze(0))
