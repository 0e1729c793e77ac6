"""Stacks what may be empty.

cell: forget_gate_effect
mistake: none
message: raised a RuntimeError
status: error
"""
import torch


def forget_gate_effect(forget_logits):
    return torch.stack([torch.tensor(lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"]) for l in forget_logits])
