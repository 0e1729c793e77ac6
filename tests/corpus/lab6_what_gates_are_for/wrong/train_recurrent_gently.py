"""Takes half the learning rate for a recurrent model's long trainings.
cell: train_clipped
mistake: losses of another training
message: clip=1, from
"""


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    if epochs > 20 and any(isinstance(part, nn.RNNBase) for part in model.modules()):
        lr = lr / 2
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
