"""The smaller logit.

cell: accuracy
mistake: accuracy inverted
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return (logits.argmin(1) == y).float().mean().item()
