"""Distance 0 is the first step.
cell: gradient_by_distance
mistake: from the first step
"""


def gradient_by_distance(module, x):
    y = x.clone().requires_grad_(True)
    out = module(y)[0]
    grad = torch.autograd.grad(out[:, -1].sum(), y)[0]
    return [grad[:, t].norm().item() for t in range(x.size(1))]
