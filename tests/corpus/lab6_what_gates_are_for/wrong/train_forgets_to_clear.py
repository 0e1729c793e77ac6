"""No zero_grad.
cell: train_clipped
mistake: missing zero_grad
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for e in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        acc = (logits.argmax(1) == y).float().mean().item()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(list(model.parameters()), max_norm=clip)
        opt.step()
        history.append(dict(epoch=e, loss=loss.item(), acc=acc, norm=float(norm)))
    return history
