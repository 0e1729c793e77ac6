"""The parameter has another name, and a global `model` is trained.

cell: train
mistake: none
status: error
message: `model` is not known in this place
"""

def train(net, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        history.append({"epoch": epoch, "loss": loss.item(), "acc": (logits.argmax(1) == y).float().mean().item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
