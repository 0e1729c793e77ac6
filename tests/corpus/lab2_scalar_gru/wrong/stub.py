"""Not written.

stub: gru_step
cell: gru_step
mistake: none
message: not written yet
"""
