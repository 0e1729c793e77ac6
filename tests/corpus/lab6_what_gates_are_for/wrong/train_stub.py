"""Not written yet.
stub: train_clipped
cell: train_clipped
mistake: none
message: not written yet
"""
