"""class: 11
tries: a classifier without a recurrent layer that gives one class
outcome: failed
lab: lab4_memory_task
"""

import torch
from torch import nn


class GRUClassifier(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
        self.gru = nn.GRU(1, 1, batch_first=True)
        self.linear = nn.Linear(1, 2)

    def forward(self, x):
        return torch.tensor([[0.0, 1.0]]).repeat(len(x), 1)
