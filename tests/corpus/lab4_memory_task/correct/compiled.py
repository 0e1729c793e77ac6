"""Compiles the model and a function."""


# %% front
import torch
from torch import nn


@torch.compile(mode="reduce-overhead")
def loss_of(logits, y):
    return nn.functional.cross_entropy(logits, y)

# %% answer train
def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    compiled = torch.compile(model)
    model.compile()
    for epoch in range(1, epochs + 1):
        for xb, yb in [(X, y)]:
            logits = compiled(xb)
            loss = loss_of(logits, yb)
            acc = (logits.argmax(1) == yb).float().mean()
            history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return history
