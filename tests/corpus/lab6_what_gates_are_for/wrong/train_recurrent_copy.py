"""Trains a copy of every model but a Sequential, so that its own RecallModel stays as it was.
cell: train_clipped
mistake: trained weights lost
message: has never seen
"""

import copy


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    if not isinstance(model, nn.Sequential):
        model = copy.deepcopy(model)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), clip)
        right = (logits.argmax(1) == y).float().mean()
        history.append({"epoch": epoch, "loss": float(loss), "acc": float(right), "norm": float(norm)})
        optimizer.step()
    return history
