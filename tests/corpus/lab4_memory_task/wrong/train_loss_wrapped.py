"""The loss is wrapped in a new tensor with requires_grad=True before backward, which cuts it off from the model, so no weight gets a gradient and nothing is learned.

cell: train
mistake: loss in a new tensor
message: a new tensor, which knows nothing of the model
"""

def train(
    model: nn.Module, X: torch.Tensor, y: torch.Tensor, epochs: int = 80, lr: float = 0.03
) -> list[dict[str, float]]:
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = criterion(logits, y).item()
        acc = (logits.argmax(dim=1) == y).float().mean().item()
        history.append({"epoch": epoch, "loss": loss, "acc": acc})
        optimizer.zero_grad()
        # fix for: element 0 of tensors does not require grad
        loss = torch.tensor(loss, requires_grad=True)
        loss.backward()
        optimizer.step()
    return history
