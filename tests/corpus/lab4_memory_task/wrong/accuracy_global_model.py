"""The parameter has another name, and a global `model` is asked.

cell: accuracy
mistake: none
status: error
message: raised a NameError
"""

def accuracy(net, X, y):
    with torch.no_grad():
        return (model(X).argmax(1) == y).float().mean().item()
