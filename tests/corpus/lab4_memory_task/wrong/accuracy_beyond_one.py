"""Two mistakes: the answer is 'second logit above zero' instead of the larger of the two, and the count is divided by X.shape[1], which is not the number of rows.

cell: accuracy
mistake: beyond 1
message: goes beyond 1
"""

def accuracy(model: nn.Module, X: torch.Tensor, y: torch.Tensor) -> float:
    with torch.no_grad():
        z = model(X)
        y_hat = (z[:, 1] > 0).long()
        n_right = torch.sum(y_hat == y).item()
    return n_right / X.shape[1]
