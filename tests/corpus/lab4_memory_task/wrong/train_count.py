"""The accuracy as a count.

cell: train
mistake: accuracy as a count
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = loss_function(logits, y)
        acc = (logits.argmax(dim=1) == y).sum()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
