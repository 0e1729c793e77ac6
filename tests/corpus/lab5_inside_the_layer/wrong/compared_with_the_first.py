"""Everything relative to distance 0.
cell: gradient_by_distance
mistake: relative
"""


def gradient_by_distance(module, x):
    y = x.clone().requires_grad_(True)
    (g,) = torch.autograd.grad(module(y)[0][:, -1].sum(), y)
    norms = [g[:, -1 - k].norm().item() for k in range(y.size(1))]
    return [norm / norms[0] for norm in norms]
