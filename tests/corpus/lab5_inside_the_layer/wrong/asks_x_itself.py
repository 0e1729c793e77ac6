"""x asks for its gradient from then on.
cell: gradient_by_distance
mistake: x not copied
"""


def gradient_by_distance(module, x):
    x.requires_grad = True
    out, _ = module(x)
    (g,) = torch.autograd.grad(out[:, -1].sum(), x)
    return g.norm(dim=(0, 2)).flip(0).tolist()
