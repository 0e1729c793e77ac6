"""backward is run on the module itself, and everything is put back afterwards.
"""


def gradient_by_distance(module, x):
    held = [p.grad for p in module.parameters()]
    for p in module.parameters():
        p.grad = None
    y = torch.tensor(x.tolist(), requires_grad=True)
    out, _ = module(y)
    torch.autograd.backward(out[:, -1].sum())
    for p, grad in zip(module.parameters(), held):
        p.grad = grad
    return y.grad.permute(1, 0, 2).flatten(1).norm(dim=1).flip(0).numpy()
