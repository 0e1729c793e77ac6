"""backward runs once for each distance.
cell: gradient_by_distance
mistake: gradients pile up
"""


def gradient_by_distance(module, x):
    T = x.size(1)
    inputs = x.detach().clone()
    inputs.requires_grad_()
    result = []
    for k in range(T):
        out, _ = module(inputs)
        loss = out[:, -1].sum()
        loss.backward()
        g = inputs.grad[:, T - 1 - k].norm()
        result.append(g.item())
    return result
