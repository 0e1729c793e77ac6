"""A squared error.

cell: train
mistake: squared error
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.mse_loss(logits, nn.functional.one_hot(y, 2).float())
        acc = (logits.argmax(dim=1) == y).float().mean()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
