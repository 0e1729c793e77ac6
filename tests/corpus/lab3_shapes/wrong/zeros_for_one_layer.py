"""A start state of shape (1, batch, hidden) is always passed in, as one tensor: an LSTM wants a pair and several layers want one entry each, so it raises for everything but a one-layer GRU.

cell: final_hidden
mistake: first state handed over
message: does not fit every module
status: error
"""

def final_hidden(module: nn.LSTM | nn.GRU, x: torch.Tensor) -> torch.Tensor:
    h0 = torch.zeros(1, x.size(0), module.hidden_size)
    out, h = module(x, h0)
    if isinstance(module, nn.LSTM):
        h = h[0]
    return h[-1]
