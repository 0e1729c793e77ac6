"""A new model in train.

cell: train
mistake: new model in train
"""

def train(model, X, y, epochs=80, lr=0.03):
    model = nn.Sequential(nn.Flatten(), nn.Linear(X.shape[1], 2))
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = loss_function(logits, y)
        acc = (logits.argmax(dim=1) == y).float().mean()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
