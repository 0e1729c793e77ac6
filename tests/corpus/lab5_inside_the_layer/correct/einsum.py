"""Einstein sums, and blocks as an axis.
"""


def lstm_cell(x, h, c, W, U, b, d):
    H = U.shape[1]
    sums = torch.einsum("bi,ghi->gbh", x, W.reshape(4, H, -1)) + torch.einsum("bk,ghk->gbh", h, U.reshape(4, H, H))
    sums = sums + (b + d).reshape(4, 1, H)
    i, f, o = sums[[0, 1, 3]].sigmoid()
    new = f * c + i * sums[2].tanh()
    return o * new.tanh(), new


def gru_cell(x, h, W, U, b, d):
    H = U.shape[1]
    a = torch.einsum("bi,ghi->gbh", x, W.reshape(3, H, -1)) + b.reshape(3, 1, H)
    e = torch.einsum("bk,ghk->gbh", h, U.reshape(3, H, H)) + d.reshape(3, 1, H)
    r, z = (a[:2] + e[:2]).sigmoid()
    return torch.lerp((a[2] + r * e[2]).tanh(), h, z)
