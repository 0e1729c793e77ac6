"""reshape is used to swap the layer and batch axes of h, which does not move the axes but mixes layers and sequences; with more than one layer and more than one sequence the rows are wrong.

cell: final_hidden
mistake: axes swapped by reshape
message: reshape and view swap no axes
"""

def final_hidden(module: nn.LSTM | nn.GRU, x: torch.Tensor) -> torch.Tensor:
    _, state = module(x)
    if isinstance(state, tuple):
        state = state[0]

    num_layers, batch, hidden = state.shape
    state = state.reshape(batch, num_layers, hidden)   # bring the batch to the front
    return state[:, -1, :]
