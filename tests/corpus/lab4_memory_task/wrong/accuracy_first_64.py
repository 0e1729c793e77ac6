"""Only the first 64 rows are looked at.

cell: accuracy
mistake: first rows only
"""

def accuracy(model, X, y):
    with torch.no_grad():
        X, y = X[:64], y[:64]
        return (model(X).argmax(1) == y).float().mean().item()
