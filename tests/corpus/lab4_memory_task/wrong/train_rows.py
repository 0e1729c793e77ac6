"""A step per row.

cell: train
mistake: one step per row
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_function = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        for row, label in zip(X.split(1), y.split(1)):
            logits = model(row)
            loss = loss_function(logits, label)
            if len(history) < epoch:
                acc = (logits.argmax(dim=1) == label).float().mean()
                history.append({"epoch": epoch, "loss": loss.item(), "acc": acc.item()})
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return history
