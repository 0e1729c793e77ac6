"""A loop over the weights, one clipping for each.
cell: train_clipped
mistake: clipped each by itself
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
        norm = torch.cat([w.grad.flatten() for w in model.parameters()]).norm()
        for w in model.parameters():
            nn.utils.clip_grad_norm_(w, clip)
        history.append(dict(epoch=e, loss=loss.item(), acc=acc, norm=float(norm)))
        opt.step()
    return history
