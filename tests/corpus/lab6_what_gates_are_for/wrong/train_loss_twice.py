"""The loss is worked out again after the step.
cell: train_clipped
mistake: loss after the step
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for e in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        acc = (logits.argmax(1) == y).float().mean().item()
        opt.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), clip)
        opt.step()
        loss = nn.functional.cross_entropy(model(X), y)
        history.append(dict(epoch=e, loss=loss.item(), acc=acc, norm=float(norm)))
    return history
