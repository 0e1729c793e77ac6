"""The copy does not ask for its gradient.
cell: gradient_by_distance
mistake: no gradient asked
status: error
"""


def gradient_by_distance(module, x):
    y = x.clone()
    (g,) = torch.autograd.grad(module(y)[0][:, -1].sum(), y)
    return g.norm(dim=(0, 2)).flip(0).tolist()
