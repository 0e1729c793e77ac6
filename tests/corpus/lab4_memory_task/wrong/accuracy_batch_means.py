"""The shares of batches of 32 are averaged.

cell: accuracy
mistake: mean of batch means
"""

def accuracy(model, X, y):
    shares = []
    with torch.no_grad():
        for start in range(0, len(X), 32):
            rows, labels = X[start : start + 32], y[start : start + 32]
            shares.append((model(rows).argmax(1) == labels).float().mean().item())
    return sum(shares) / len(shares)
