"""The last epoch takes no step.

cell: train
mistake: last step missing
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
        optimizer.zero_grad()
        loss.backward()
        if epoch < epochs:
            optimizer.step()
    return history
