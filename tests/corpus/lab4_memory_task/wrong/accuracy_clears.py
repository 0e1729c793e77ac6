"""It clears the gradients.

cell: accuracy
mistake: accuracy changes gradients
"""

def accuracy(model, X, y):
    model.zero_grad()
    with torch.no_grad():
        logits = model(X)
    return (logits.argmax(1) == y).float().mean().item()
