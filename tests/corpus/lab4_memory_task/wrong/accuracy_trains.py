"""It trains a little more.

cell: accuracy
mistake: accuracy changes weights
"""

def accuracy(model, X, y):
    logits = model(X)
    right = (logits.argmax(1) == y).float().mean().item()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    nn.functional.cross_entropy(logits, y).backward()
    optimizer.step()
    return right
