"""Optimizer with a closure; numbers as 0-d tensors and NumPy scalars; more keys than asked for."""

import numpy as np


def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr)
    history = []
    criterion = nn.CrossEntropyLoss()

    def closure():
        optimizer.zero_grad()
        logits = model(X)
        loss = criterion(logits, y)
        loss.backward()
        acc = (logits.argmax(dim=1) == y).float().mean()
        history.append(
            {"epoch": np.int64(len(history) + 1), "loss": loss.detach(), "acc": np.float32(acc.item()), "lr": lr}
        )
        return loss

    for _ in range(epochs):
        optimizer.step(closure)
    return history


def accuracy(model, X, y):
    with torch.inference_mode():
        return (model(X).argmax(dim=1) == y).float().mean()
