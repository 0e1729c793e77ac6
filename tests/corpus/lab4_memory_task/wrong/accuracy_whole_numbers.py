"""Whole-number division.

cell: accuracy
mistake: other accuracy
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return (logits.argmax(1) == y).sum().item() // len(y)
