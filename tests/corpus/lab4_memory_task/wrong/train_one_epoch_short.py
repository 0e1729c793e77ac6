"""Two mistakes: the loss is a binary cross-entropy on each of the two logits (BCEWithLogitsLoss with one-hot labels), and range(1, epochs) takes one epoch too few.

cell: train
mistake: epochs missing from the list
message: one entry fewer than there are epochs
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.BCEWithLogitsLoss()      # two classes -> binary crossentropy
    y_onehot = nn.functional.one_hot(y, 2).float()
    history = []
    for epoch in range(1, epochs):
        logits = model(X)
        loss = criterion(logits, y_onehot)
        acc = (logits.argmax(dim=1) == y).float().mean().item()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
