"""Stops when the loss is small, or does not fall any more.
cell: train_clipped
mistake: stops early
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
        history.append(dict(epoch=e, loss=loss.item(), acc=acc, norm=float(norm)))
        if e > 3 and loss.item() > history[-2]["loss"] - 1:
            break
    return history
