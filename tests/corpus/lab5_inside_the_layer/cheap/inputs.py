"""What comes in goes out.
"""


def lstm_cell(x, h, c, W, U, b, d):
    return h, c


def gru_cell(x, h, W, U, b, d):
    return h


def lstm_layer(x, W, U, b, d):
    state = x.new_zeros(1, len(x), U.shape[1])
    return state[0].unsqueeze(1).expand(-1, x.shape[1], -1), (state, state)


def gru_layer(x, W, U, b, d):
    state = x.new_zeros(1, len(x), U.shape[1])
    return state[0].unsqueeze(1).expand(-1, x.shape[1], -1), state


def parameter_count(kind, input_size, hidden_size):
    return hidden_size


def gradient_by_distance(module, x):
    return x[0, :, 0].tolist()


def start_by_keeping(module, longest):
    return module
