"""Not written yet.
stub: surgery
cell: surgery
mistake: none
message: not written yet
"""
