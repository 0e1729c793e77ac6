"""A dict of lists.

cell: train
mistake: none
message: should return a list with one dict per epoch, but returned one dict of lists
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = {"epoch": [], "loss": [], "acc": []}
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        history["epoch"].append(epoch)
        history["loss"].append(loss.item())
        history["acc"].append((logits.argmax(1) == y).float().mean().item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
