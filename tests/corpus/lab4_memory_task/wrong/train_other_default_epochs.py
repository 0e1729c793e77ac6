"""81 epochs where none are asked for.

cell: train
mistake: other defaults
"""


def train(model, X, y, epochs=81, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    log = []
    for epoch in range(epochs):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        log.append({"epoch": epoch + 1, "loss": float(loss), "acc": float((logits.argmax(1) == y).float().mean())})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return log
