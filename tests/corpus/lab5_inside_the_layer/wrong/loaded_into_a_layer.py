"""Weights are copied into nn.LSTM: right numbers, no gradients to the weights.
cell: lstm_layer
mistake: gradient of the weights cut
"""


def lstm_layer(x, W, U, b, d):
    layer = nn.LSTM(W.shape[1], U.shape[1], batch_first=True)
    with torch.no_grad():
        for own, given in zip(layer.parameters(), (W, U, b, d)):
            own.copy_(given)
    return layer(x)
