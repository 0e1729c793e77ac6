"""Loss and accuracy after the step.

cell: train
mistake: loss after the step
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(X), y).backward()
        optimizer.step()
        with torch.no_grad():
            logits = model(X)
            loss = nn.functional.cross_entropy(logits, y)
        history.append({"epoch": epoch, "loss": loss.item(), "acc": (logits.argmax(1) == y).float().mean().item()})
    return history
