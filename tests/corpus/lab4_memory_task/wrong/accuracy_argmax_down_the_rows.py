"""argmax runs along axis 0, so it names the best row of each column (two numbers) instead of the larger logit of each row.

cell: accuracy
mistake: argmax along the rows
message: gives two numbers for the whole batch
"""

def accuracy(model: nn.Module, X: torch.Tensor, y: torch.Tensor) -> float:
    with torch.no_grad():
        logits = model(X)
    predicted = logits.argmax(dim=0)
    hits = 0
    for p, t in zip(predicted, y):
        if p == t:
            hits += 1
    return hits / len(y)
