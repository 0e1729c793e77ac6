"""backward on the module itself.
cell: gradient_by_distance
mistake: module's gradients filled
"""


def gradient_by_distance(module, x):
    y = x.detach().clone()
    y.requires_grad_()
    module(y)[0][:, -1].sum().backward()
    return [y.grad[:, -1 - k].norm().item() for k in range(x.size(1))]
