"""The entries have other keys than asked for ("Epoch", "train_loss", "accuracy" instead of "epoch", "loss", "acc").

cell: train
mistake: none
message: lacks `epoch`, `loss`, `acc`
"""

def train(
    model: nn.Module, X: torch.Tensor, y: torch.Tensor, epochs: int = 80, lr: float = 0.03
) -> list[dict[str, float]]:
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = criterion(logits, y)
        accuracy = (logits.argmax(dim=1) == y).float().mean().item()
        history.append({
            "Epoch": epoch,
            "train_loss": loss.item(),
            "accuracy": accuracy,
        })
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
