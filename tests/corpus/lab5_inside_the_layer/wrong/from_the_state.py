"""From c, not from what is shown.
cell: gradient_by_distance
mistake: none
message: wrong value
"""


def gradient_by_distance(module, x):
    y = x.clone().requires_grad_(True)
    out, state = module(y)
    last = state[1][-1] if isinstance(state, tuple) else out[:, -1]
    (g,) = torch.autograd.grad(last.sum(), y)
    return g.norm(dim=(0, 2)).flip(0).tolist()
