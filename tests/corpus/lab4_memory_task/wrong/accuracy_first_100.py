"""A loop over the first hundred rows.

cell: accuracy
mistake: first rows only
"""

def accuracy(model, X, y):
    right = total = 0
    with torch.no_grad():
        for row, label in zip(X[:100], y[:100]):
            right += int(model(row[None]).argmax() == label)
            total += 1
    return right / total
