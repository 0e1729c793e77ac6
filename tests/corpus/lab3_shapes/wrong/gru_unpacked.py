"""Every module is unpacked like an LSTM.
cell: final_hidden
mistake: GRU unpacked like an LSTM
status: error
"""


def final_hidden(module, x):
    out, (h, c) = module(x)
    return h[-1]
