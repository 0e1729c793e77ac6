"""Mini-batches of 32 in the order of the rows.

cell: train
mistake: mini-batches
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        losses, right = [], 0
        for start in range(0, len(X), 32):
            rows, labels = X[start : start + 32], y[start : start + 32]
            logits = model(rows)
            loss = nn.functional.cross_entropy(logits, labels)
            losses.append(loss.item())
            right += (logits.argmax(1) == labels).sum().item()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        history.append({"epoch": epoch, "loss": sum(losses) / len(losses), "acc": right / len(X)})
    return history
