"""A DataLoader whose only batch is everything, in order."""

from torch.utils.data import DataLoader, TensorDataset


def train(model, X, y, epochs=80, lr=0.03):
    loader = DataLoader(TensorDataset(X, y), batch_size=len(X))
    adam = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        for xb, yb in loader:
            logits = model(xb)
            loss = nn.functional.nll_loss(nn.functional.log_softmax(logits, dim=-1), yb)
            hits = (logits[:, 1] > logits[:, 0]).long().eq(yb)
            history.append({"epoch": epoch, "loss": loss.item(), "acc": hits.sum().item() / hits.numel()})
            adam.zero_grad()
            loss.backward()
            adam.step()
    return history
