"""The sum of all steps.
cell: gradient_by_distance
mistake: all steps summed
"""


def gradient_by_distance(module, x):
    y = x.clone().requires_grad_(True)
    (g,) = torch.autograd.grad(module(y)[0].sum(), y)
    return list(reversed(g.norm(dim=(0, 2)).tolist()))
