"""One block at a time, by a helper with a name that a demonstration below gives to a text."""


def gate(block, x, h, W, U, b, d):
    n = h.size(1)
    rows = slice(block * n, (block + 1) * n)
    return x.mm(W[rows].t()) + b[rows] + h.mm(U[rows].t()) + d[rows]


def lstm_cell(x, h, c, W, U, b, d):
    args = (x, h, W, U, b, d)
    it = torch.sigmoid(gate(0, *args))
    ft = torch.sigmoid(gate(1, *args))
    gt = torch.tanh(gate(2, *args))
    ot = torch.sigmoid(gate(3, *args))
    c_next = ft * c + it * gt
    return ot * torch.tanh(c_next), c_next
