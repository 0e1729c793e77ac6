"""The loop runs to n - 1 and leaves out the last row, but the count is divided by all n rows.

cell: accuracy
mistake: one row left out
message: The last row is left out
"""

def accuracy(model: nn.Module, X: torch.Tensor, y: torch.Tensor) -> float:
    n = len(X)
    right = 0
    with torch.no_grad():
        logits = model(X)
    i = 0
    while i < n - 1:
        if logits[i].argmax() == y[i]:
            right += 1
        i += 1
    return right / n
