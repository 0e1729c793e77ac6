"""The limit is 1.0 in the call.
cell: train_clipped
mistake: clip typed in
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
        norm = torch.nn.utils.clip_grad_norm_(list(model.parameters()), max_norm=1.0)
        opt.step()
        history.append(dict(epoch=e, loss=loss.item(), acc=acc, norm=float(norm)))
    return history
