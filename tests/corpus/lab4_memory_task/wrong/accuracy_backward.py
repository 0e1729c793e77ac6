"""It runs backward.

cell: accuracy
mistake: accuracy changes gradients
"""

def accuracy(model, X, y):
    logits = model(X)
    nn.functional.cross_entropy(logits, y).backward()
    return (logits.argmax(1) == y).float().mean().item()
