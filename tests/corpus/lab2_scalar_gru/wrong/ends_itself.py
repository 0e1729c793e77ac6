"""Leaves Python when it is called.

cell: gru_step
mistake: none
message: ended its process
status: crashed
"""
import os


def gru_step(h_prev, x_t, update_logit, reset_logit):
    os._exit(0)
