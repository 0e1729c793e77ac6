"""The input is judged, not the model.

cell: accuracy
mistake: sign of the input read
status: error
"""

def accuracy(model, X, y):
    return ((X[:, 0, 0] > 0).long() == y).float().mean().item()
