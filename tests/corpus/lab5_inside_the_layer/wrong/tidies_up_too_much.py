"""backward, then zero_grad.
cell: gradient_by_distance
mistake: module's gradients cleared
"""


def gradient_by_distance(module, x):
    module.zero_grad()
    y = x.detach().clone().requires_grad_()
    module(y)[0][:, -1].sum().backward()
    module.zero_grad()
    return [y.grad[:, -1 - k].norm().item() for k in range(x.size(1))]
