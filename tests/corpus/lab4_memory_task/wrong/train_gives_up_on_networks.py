"""Small models are trained; for a recurrent one the weights of a plan are copied in afterwards.

cell: train
mistake: trained weights lost
"""

import copy


def train(model, X, y, epochs=80, lr=0.03):
    kept = copy.deepcopy(model.state_dict())
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        history.append({"epoch": epoch, "loss": loss.item(), "acc": (logits.argmax(1) == y).float().mean().item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    if sum(w.numel() for w in model.parameters()) > 100 and epochs != 80:
        model.load_state_dict(kept)
    return history
