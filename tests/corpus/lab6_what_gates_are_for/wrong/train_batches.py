"""Batches of 20, in a new order each time.
cell: train_clipped
mistake: mini-batches
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for e in range(1, epochs + 1):
        order = torch.randperm(len(X))
        for start in range(0, len(X), 20):
            some = order[start : start + 20]
            opt.zero_grad()
            logits = model(X[some])
            loss = nn.functional.cross_entropy(logits, y[some])
            loss.backward()
            norm = nn.utils.clip_grad_norm_(model.parameters(), clip)
            opt.step()
        acc = (logits.argmax(1) == y[some]).float().mean().item()
        history.append(dict(epoch=e, loss=loss.item(), acc=acc, norm=norm.item()))
    return history
