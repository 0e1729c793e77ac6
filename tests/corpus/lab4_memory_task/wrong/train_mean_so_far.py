"""The loss that is written down is the average over all epochs so far and not the loss of this epoch, because the meter is never reset.

cell: train
mistake: mean of the epochs so far
message: the mean over all epochs so far
"""

class AverageMeter:
    """Computes and stores the average and current value"""

    def __init__(self):
        self.sum = 0.0
        self.count = 0

    def update(self, val, n=1):
        self.sum += val * n
        self.count += n

    @property
    def avg(self):
        return self.sum / self.count


def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    criterion = nn.CrossEntropyLoss()
    losses = AverageMeter()
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = criterion(logits, y)
        losses.update(loss.item(), X.size(0))
        acc = (logits.argmax(1) == y).float().mean().item()
        history.append({"epoch": epoch, "loss": losses.avg, "acc": acc})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return history
