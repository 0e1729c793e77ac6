"""Adam written out from its paper."""

def train(model, X, y, epochs=80, lr=0.03):
    weights = list(model.parameters())
    m = [torch.zeros_like(w) for w in weights]
    v = [torch.zeros_like(w) for w in weights]
    history = []
    for t in range(1, epochs + 1):
        logits = model(X)
        loss = -torch.log_softmax(logits, 1)[torch.arange(len(y)), y].mean()
        right = torch.eq(torch.max(logits, 1).indices, y)
        history.append({"epoch": t, "loss": loss.item(), "acc": right.double().mean().item()})
        for w, g, m_w, v_w in zip(weights, torch.autograd.grad(loss, weights), m, v):
            m_w.mul_(0.9).add_(g, alpha=0.1)
            v_w.mul_(0.999).addcmul_(g, g, value=0.001)
            with torch.no_grad():
                w -= lr * (m_w / (1 - 0.9**t)) / ((v_w / (1 - 0.999**t)).sqrt() + 1e-8)
    return history
