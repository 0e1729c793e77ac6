"""Not written yet.
stub: recall_data
cell: recall_data
mistake: none
message: is not written yet
"""
