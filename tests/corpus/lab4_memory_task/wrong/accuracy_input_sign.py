"""The input is judged, not the model.

cell: accuracy
mistake: sign of the input read
"""

def accuracy(model, X, y):
    return ((X[:, 0, 0] > 0).long() == y).float().mean().item()
