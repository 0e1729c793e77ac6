"""The loss before, the accuracy after the step.

cell: train
mistake: accuracy after the step
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = loss_function(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        acc = (model(X).argmax(dim=1) == y).float().mean()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
    return history
