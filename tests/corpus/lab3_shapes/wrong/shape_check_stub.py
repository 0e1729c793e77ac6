"""The stub of shape_check is still there.
cell: shape_check
mistake: none
message: is not written yet
stub: shape_check
"""
