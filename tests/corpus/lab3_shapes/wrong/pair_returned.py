"""The LSTM's pair is returned.
cell: final_hidden
mistake: pair returned
"""


def final_hidden(module, x):
    out, state = module(x)
    return state if isinstance(module, nn.LSTM) else state[-1]
