"""torch.exp of a plain number.

cell: sigmoid
mistake: none
message: torch's functions take tensors
status: error
"""

import torch

def sigmoid(x: float) -> float:
    return (1 / (1 + torch.exp(-x))).item()
