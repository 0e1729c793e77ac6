"""The gradients are cleared only once before the loop, so they pile up over the epochs and every step after the first uses the sum of all gradients so far.

cell: train
mistake: zero_grad once
message: is called once, before the loop
"""

def train(
    model: nn.Module, X: torch.Tensor, y: torch.Tensor, epochs: int = 80, lr: float = 0.03
) -> list[dict[str, float]]:
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    optimizer.zero_grad()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = criterion(logits, y)
        acc = (logits.argmax(dim=1) == y).float().mean().item()
        history.append({"epoch": epoch, "loss": loss.item(), "acc": acc})
        loss.backward()
        optimizer.step()
    return history
