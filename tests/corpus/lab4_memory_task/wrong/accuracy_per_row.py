"""One answer per row.

cell: accuracy
mistake: none
message: should be a number, but is a tensor of shape
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return logits.argmax(1) == y
