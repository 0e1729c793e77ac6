"""Two mistakes: the optimizer takes a step after every single sequence instead of one per epoch, and the gradients are cleared only once per epoch, so they pile up from row to row.

cell: train
mistake: one step per row
message: the gradients pile up from row to row
"""

def train(
    model: nn.Module, X: torch.Tensor, y: torch.Tensor, epochs: int = 80, lr: float = 0.03
) -> list[dict[str, float]]:
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    history = []
    for epoch in range(1, epochs + 1):
        optimizer.zero_grad()
        total_loss = 0
        right = 0
        for i in range(len(X)):
            logits = model(X[i].unsqueeze(0))
            loss = criterion(logits, y[i].unsqueeze(0))
            total_loss = total_loss + loss.item()
            if logits.argmax(dim=1).item() == y[i].item():
                right = right + 1
            loss.backward()
            optimizer.step()
        history.append({"epoch": epoch, "loss": total_loss / len(X), "acc": right / len(X)})
    return history
