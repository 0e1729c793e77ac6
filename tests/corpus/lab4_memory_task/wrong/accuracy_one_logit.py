"""One logit against 0.

cell: accuracy
mistake: one logit against a threshold
"""

def accuracy(model, X, y):
    with torch.no_grad():
        logits = model(X)
    return ((logits[:, 1] > 0).long() == y).float().mean().item()
