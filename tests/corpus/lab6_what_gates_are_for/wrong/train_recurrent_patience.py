"""Stops a recurrent model's training after forty epochs.
cell: train_clipped
mistake: another number of epochs
message: was asked for 60 epochs
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    if any(isinstance(part, nn.RNNBase) for part in model.modules()):
        epochs = min(epochs, 40)
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
    return history
