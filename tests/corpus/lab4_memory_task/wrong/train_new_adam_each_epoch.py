"""The optimizer is made in the loop.

cell: train
mistake: new optimizer at every epoch
"""

def train(model, X, y, epochs=80, lr=0.03):
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        logits = model(X)
        loss = loss_function(logits, y)
        acc = (logits.argmax(dim=1) == y).float().mean()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
