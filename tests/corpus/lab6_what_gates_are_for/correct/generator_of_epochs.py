"""The history comes out of a generator; one loader with one batch.
"""


from torch.utils.data import DataLoader, TensorDataset


def train_clipped(model, X, y, epochs=80, lr=0.02, clip=1.0):
    def run():
        optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        for epoch in range(epochs):
            for xb, yb in DataLoader(TensorDataset(X, y), batch_size=len(X)):
                logits = model(xb)
                loss = nn.CrossEntropyLoss()(logits, yb)
                optimizer.zero_grad()
                loss.backward()
                norm = torch.nn.utils.clip_grad_norm_(list(model.parameters()), clip, error_if_nonfinite=True)
                optimizer.step()
                acc = torch.mean((torch.argmax(logits, -1) == yb) * 1.0)
                yield {"epoch": epoch + 1, "loss": loss.item(), "acc": acc.item(), "norm": norm.item()}

    return list(run())
