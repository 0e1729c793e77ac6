"""The wrong ones.

cell: accuracy
mistake: accuracy inverted
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return (logits.argmax(1) != y).float().mean().item()
