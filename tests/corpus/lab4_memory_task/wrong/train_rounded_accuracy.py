"""acc is rounded to three decimals.

cell: train
mistake: rounded
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        acc = round((logits.argmax(1) == y).float().mean().item(), 3)
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
