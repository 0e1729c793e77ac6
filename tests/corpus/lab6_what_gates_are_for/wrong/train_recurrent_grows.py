"""Leaves a weight of its own in every model but a Sequential.
cell: train_clipped
mistake: other weights left
message: other weights than before it
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), clip)
        right = (logits.argmax(1) == y).float().mean()
        history.append({"epoch": epoch, "loss": float(loss), "acc": float(right), "norm": float(norm)})
        optimizer.step()
    if not isinstance(model, nn.Sequential):
        model.scale = nn.Parameter(torch.ones(3))
    return history
