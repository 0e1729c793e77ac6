"""backward fills the gradients of a copy of the module; the list holds tensors.
"""


import copy


def gradient_by_distance(module, x):
    twin = copy.deepcopy(module)
    inputs = x.clone().detach()
    inputs.requires_grad = True
    out = twin(inputs)[0]
    out[:, -1, :].sum().backward()
    return [inputs.grad[:, t].norm() for t in reversed(range(x.shape[1]))]
