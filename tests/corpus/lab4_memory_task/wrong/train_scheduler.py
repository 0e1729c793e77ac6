"""The learning rate is shrunk in each epoch.

cell: train
mistake: scheduler
"""

def train(model, X, y, epochs=80, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    plan = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.95)
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        history.append({"epoch": epoch, "loss": loss.item(), "acc": (logits.argmax(1) == y).float().mean().item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        plan.step()
    return history
