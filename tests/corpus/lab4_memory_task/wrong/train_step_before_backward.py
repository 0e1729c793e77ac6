"""The optimizer's step comes before backward, so each epoch steps with the gradient of the epoch before: the first step does nothing and all later ones are one epoch late.

cell: train
mistake: step before backward
message: comes before `backward()`
"""

def train(
    model: nn.Module, X: torch.Tensor, y: torch.Tensor, epochs: int = 80, lr: float = 0.03
) -> list[dict[str, float]]:
    result = list()
    lossFunction = nn.CrossEntropyLoss()
    adam = torch.optim.Adam(model.parameters(), lr=lr)

    for i in range(1, epochs + 1):
        output = model.forward(X)
        lossValue = lossFunction(output, y)
        prediction = torch.argmax(output, dim=1)
        numberCorrect = (prediction == y).sum().item()

        entry = dict()
        entry["epoch"] = i
        entry["loss"] = lossValue.item()
        entry["acc"] = numberCorrect / len(y)
        result.append(entry)

        adam.step()
        adam.zero_grad()
        lossValue.backward()

    return result
