"""The step was not written.

stub: lstm_step
cell: lstm_step
mistake: none
message: not written yet
"""
