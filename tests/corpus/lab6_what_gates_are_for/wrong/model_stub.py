"""Not written yet.
stub: RecallModel
cell: RecallModel
mistake: none
message: not written yet
"""
