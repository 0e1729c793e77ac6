"""Each gate has products of its own, with slices of the weights.
"""


def lstm_cell(x, h, c, W, U, b, d):
    H = h.shape[1]

    def piece(k):
        rows = slice(k * H, (k + 1) * H)
        return x @ W[rows].T + h @ U[rows].T + b[rows] + d[rows]

    i, f, o = (torch.sigmoid(piece(k)) for k in (0, 1, 3))
    g = torch.tanh(piece(2))
    memory = f * c + i * g
    return o * memory.tanh(), memory


def gru_cell(x, h, W, U, b, d):
    H = h.shape[1]
    from_x = [x @ W[k * H : (k + 1) * H].T + b[k * H : (k + 1) * H] for k in range(3)]
    from_h = [h @ U[k * H : (k + 1) * H].T + d[k * H : (k + 1) * H] for k in range(3)]
    reset = (from_x[0] + from_h[0]).sigmoid()
    update = (from_x[1] + from_h[1]).sigmoid()
    candidate = (from_x[2] + reset * from_h[2]).tanh()
    return candidate + update * (h - candidate)
