"""argmax has no axis, so it gives one index into the flattened logits, and all labels are compared with that one number.

cell: accuracy
mistake: argmax over everything
message: has no dim
"""

def accuracy(model: nn.Module, X: torch.Tensor, y: torch.Tensor) -> float:
    """Find the share of sequences whose larger logit is the label's."""
    with torch.no_grad():
        guess = torch.argmax(model(X))
        return (guess == y).float().mean().item()
