"""Adam and the clipping written out from their formulas.
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    weights = list(model.parameters())
    m = [torch.zeros_like(w) for w in weights]
    v = [torch.zeros_like(w) for w in weights]
    history = []
    for t in range(1, epochs + 1):
        logits = model(X)
        loss = -torch.log_softmax(logits, 1)[torch.arange(len(y)), y].mean()
        acc = torch.eq(logits[:, 1] > logits[:, 0], y == 1).double().mean()
        slopes = torch.autograd.grad(loss, weights)
        norm = torch.cat([g.flatten() for g in slopes]).norm()
        factor = (clip / norm).clamp(max=1.0)
        history.append({"epoch": t, "loss": loss.item(), "acc": acc.item(), "norm": norm.item()})
        for w, g, a, b in zip(weights, slopes, m, v):
            g = g * factor
            a.mul_(0.9).add_(g, alpha=0.1)
            b.mul_(0.999).addcmul_(g, g, value=0.001)
            with torch.no_grad():
                w -= lr * (a / (1 - 0.9**t)) / ((b / (1 - 0.999**t)).sqrt() + 1e-8)
    return history
