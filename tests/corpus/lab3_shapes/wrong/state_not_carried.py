"""The steps are run one by one, but the state is never handed on to the next call, so the result only knows the last step.

cell: final_hidden
mistake: last step alone
message: has read the last step only
"""

def final_hidden(module: nn.LSTM | nn.GRU, x: torch.Tensor) -> torch.Tensor:
    batch, steps, features = x.shape
    for t in range(steps):
        step = x[:, t, :].unsqueeze(1)
        out, state = module(step)
    return out[:, -1, :]
