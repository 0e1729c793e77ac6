"""Fused Adam, functional cross-entropy, gradients set to zero and not to None."""

import torch.nn.functional as F


def train(model, X, y, epochs=80, lr=0.03):
    opt = torch.optim.Adam(params=list(model.parameters()), lr=lr, fused=True)
    log = []
    for e in range(epochs):
        opt.zero_grad(set_to_none=False)
        z = model(X)
        loss = F.cross_entropy(z, y)
        loss.backward()
        log += [dict(epoch=e + 1, loss=float(loss), acc=float((z.argmax(-1) == y).sum()) / len(y))]
        opt.step()
    return log
