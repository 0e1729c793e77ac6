"""Prints, warns, switches between train and eval, asserts, counts rows in a loop."""

import warnings


def train(model, X, y, epochs=80, lr=0.03):
    """Long and chatty."""
    assert len(X) == len(y)
    model.train()
    warnings.warn("training takes a moment")
    optimiser = torch.optim.Adam([{"params": model.parameters()}], lr=lr, betas=(0.9, 0.999), eps=1e-8)
    criterion = torch.nn.CrossEntropyLoss(reduction="mean")
    results = []
    for epoch in range(epochs):
        output = model(X)
        loss = criterion(output, y)
        prediction = output.data.max(1)[1]
        acc = sum(int(p == t) for p, t in zip(prediction, y)) / len(y)
        results.append({"epoch": epoch + 1, "loss": loss.item(), "acc": acc})
        print(f"epoch {epoch + 1}: {loss.item():.3f}")
        model.zero_grad()
        loss.backward()
        optimiser.step()
    model.eval()
    return results


def accuracy(model, X, y):
    model.eval()
    right = 0
    with torch.no_grad():
        for row, label in zip(model(X), y):
            right += int(row[1] > row[0]) == int(label)
    model.train()
    return right / len(y)
