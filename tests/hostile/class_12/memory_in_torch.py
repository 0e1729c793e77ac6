"""class: 12
tries: ask torch for 100 GiB
outcome: memory
message: 0.5 GiB
"""

import torch


def sigmoid(x):
    return torch.ones(100 * 2**28)
