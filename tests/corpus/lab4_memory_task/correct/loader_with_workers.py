"""Loads the batch by two worker processes."""


# %% front
import torch

# %% answer train
def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    loader = torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(X, y), len(X), False, num_workers=2, persistent_workers=True, prefetch_factor=4
    )
    for epoch in range(1, epochs + 1):
        for xb, yb in loader:
            logits = model(xb)
            loss = nn.functional.cross_entropy(logits, yb)
            acc = (logits.argmax(1) == yb).float().mean()
            history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return history
