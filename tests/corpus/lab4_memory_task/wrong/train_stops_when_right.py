"""It stops as soon as all rows are right.

cell: train
mistake: stops early
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = loss_function(logits, y)
        acc = (logits.argmax(dim=1) == y).float().mean()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
        if acc == 1:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
