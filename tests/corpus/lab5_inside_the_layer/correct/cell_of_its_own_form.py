"""The cell takes part in the layer under another name and another form.
"""


def step(x, state, W, U, b, d):
    h, c = state
    i, f, g, o = (x @ W.T + b + h @ U.T + d).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def lstm_cell(x, h, c, W, U, b, d):
    return step(x, (h, c), W, U, b, d)


def lstm_layer(x, W, U, b, d):
    state = (x.new_zeros(len(x), U.shape[1]),) * 2
    out = []
    for t in range(x.shape[1]):
        state = step(x[:, t], state, W, U, b, d)
        out.append(state[0].unsqueeze(1))
    return torch.cat(out, dim=1), tuple(part.unsqueeze(0) for part in state)
