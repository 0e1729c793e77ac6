"""Divided by 160.

cell: accuracy
mistake: divided by 160
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return (logits.argmax(1) == y).sum().item() / 160
