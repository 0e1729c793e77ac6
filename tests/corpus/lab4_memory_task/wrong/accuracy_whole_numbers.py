"""Whole-number division.

cell: accuracy
mistake: whole-number division
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return (logits.argmax(1) == y).sum().item() // len(y)
