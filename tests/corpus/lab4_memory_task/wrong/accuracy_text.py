"""A text.

cell: accuracy
mistake: none
message: should be a number, but is a text
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return f"{(logits.argmax(1) == y).float().mean():.3f}"
