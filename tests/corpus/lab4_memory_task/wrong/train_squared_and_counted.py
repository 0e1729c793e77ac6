"""Two mistakes: the loss is the mean squared error between softmax and one-hot labels instead of cross-entropy, and acc is the number of right rows, not their share.

cell: train
mistake: squared error; beyond 1
message: goes beyond 1
"""

import torch.nn.functional as F


def train(
    model: nn.Module, X: torch.Tensor, y: torch.Tensor, epochs: int = 80, lr: float = 0.03
) -> list[dict[str, float]]:
    target = F.one_hot(y, num_classes=2).float()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    loss_fn = nn.MSELoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = loss_fn(torch.softmax(logits, dim=1), target)
        acc = (logits.argmax(dim=1) == y).sum().item()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
