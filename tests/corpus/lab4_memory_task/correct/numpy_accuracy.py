"""The accuracy with NumPy; the history through a generator."""

import numpy as np


def epochs_of(model, X, y, epochs, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, foreach=True)
    loss_of = nn.CrossEntropyLoss()
    for epoch in range(epochs):
        loss = loss_of(model(X), y)
        yield {"epoch": epoch + 1, "loss": loss.item(), "acc": float(accuracy(model, X, y))}
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


def train(model, X, y, epochs=80, lr=0.03):
    return list(epochs_of(model, X, y, epochs, lr))


def accuracy(model, X, y):
    logits = model(X).detach().numpy()
    return np.mean(np.argmax(logits, axis=1) == y.numpy())
