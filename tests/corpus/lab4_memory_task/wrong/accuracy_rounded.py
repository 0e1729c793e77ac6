"""Rounded to two decimals.

cell: accuracy
mistake: rounded
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return round((logits.argmax(1) == y).float().mean().item(), 2)
