"""A softmax along axis 0 normalises each column over the whole batch before argmax, which changes which of a row's two numbers is the larger.

cell: accuracy
mistake: softmax over the batch
message: goes down the rows
"""

import torch.nn.functional as F


def accuracy(model: nn.Module, X: torch.Tensor, y: torch.Tensor) -> float:
    with torch.no_grad():
        probs = F.softmax(model(X), dim=0)
        preds = probs.argmax(dim=1)
    return (preds == y).float().mean().item()
