"""The steps are unbound, and the result is turned round at the end.
"""


def lstm_layer(x, W, U, b, d):
    state = 2 * [torch.zeros(len(x), len(d) // 4)]
    shown = []
    for step in x.transpose(0, 1):
        state = lstm_cell(step, *state, W, U, b, d)
        shown += [state[0]]
    return [torch.stack(shown).transpose(0, 1), [part.unsqueeze(0) for part in state]]


def gru_layer(x, W, U, b, d):
    states = [torch.zeros(len(x), len(d) // 3)]
    for step in x.unbind(1):
        states.append(gru_cell(step, states[-1], W, U, b, d))
    return torch.stack(states[1:], 1), torch.stack(states[-1:])
