"""Uses the name accuracy for a number at the end."""


# %% answer accuracy
def accuracy(model, X, y):
    with torch.no_grad():
        return (model(X).argmax(1) == y).float().mean().item()

# %% end
accuracy = accuracy(nn.Linear(2, 2), torch.zeros(3, 2), torch.zeros(3, dtype=torch.int64))
print(accuracy)
