"""Input and state are glued together, and so are the weights.
"""


def lstm_cell(x, h, c, W, U, b, d):
    both = torch.cat([x, h], dim=1)
    weights = torch.cat([W, U], dim=1)
    i, f, g, o = torch.split(torch.addmm(b + d, both, weights.t()), h.size(1), dim=-1)
    c = f.sigmoid().mul(c).add(i.sigmoid().mul(g.tanh()))
    return c.tanh().mul(o.sigmoid()), c
