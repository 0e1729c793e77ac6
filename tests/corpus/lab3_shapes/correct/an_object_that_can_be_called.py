"""Both names stand for objects of a class with `__call__`."""

import torch
from torch import nn


class Shapes:
    kinds = {"lstm": nn.LSTM, "gru": nn.GRU}

    def __call__(self, batch_size=4, seq_len=6, input_size=8, hidden_size=16):
        found = {}
        for name, kind in self.kinds.items():
            module = kind(input_size, hidden_size, batch_first=True)
            out, state = module(torch.randn(batch_size, seq_len, input_size))
            found[name + "_out"] = tuple(out.shape)
            for letter, part in zip("hc", state if isinstance(state, tuple) else [state]):
                found[f"{name}_{letter}"] = tuple(part.shape)
        return found


class Final:
    def __init__(self, layer):
        self.layer = layer

    def __call__(self, module, x):
        state = module(x)[1]
        while not torch.is_tensor(state):
            state = state[0]
        return state[self.layer]


shape_check = Shapes()
final_hidden = Final(-1)
