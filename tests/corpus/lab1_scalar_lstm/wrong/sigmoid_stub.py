"""Only the sigmoid was not written; the rest is right.

stub: sigmoid
cell: sigmoid
mistake: none
message: not written yet
"""
