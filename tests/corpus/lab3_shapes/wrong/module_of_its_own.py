"""A new module is made, and the given one only asked for its sizes.
cell: final_hidden
mistake: differs from call to call
"""


def final_hidden(module, x):
    own = type(module)(module.input_size, module.hidden_size, module.num_layers, batch_first=True)
    out, _ = own(x)
    return out[:, -1]
