"""A count.

cell: accuracy
mistake: accuracy as a count
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return (logits.argmax(1) == y).sum().item()
