"""The steps are reversed first.
cell: final_hidden
mistake: read backwards
"""


def final_hidden(module, x):
    out, _ = module(torch.flip(x, [1]))
    return out[:, -1]
