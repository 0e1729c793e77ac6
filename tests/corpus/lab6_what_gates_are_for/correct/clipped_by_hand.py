"""Norm and clipping written out.
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        right = (logits.argmax(1) == y).sum().item()
        optimizer.zero_grad()
        loss.backward()
        norm = sum((w.grad**2).sum() for w in model.parameters()) ** 0.5
        if norm > clip:
            for w in model.parameters():
                w.grad *= clip / norm
        optimizer.step()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": right / len(y), "norm": norm.item()})
    return history
