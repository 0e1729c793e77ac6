"""Rounded to four decimals.

cell: accuracy
mistake: rounded
"""

def accuracy(model, X, y):
    with torch.no_grad():
        return round((model(X).argmax(1) == y).float().mean().item(), 4)
