"""One answer per row.

cell: accuracy
mistake: one answer per row
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return logits.argmax(1) == y
