"""The stub of final_hidden is still there.
cell: final_hidden
mistake: none
message: is not written yet
stub: final_hidden
"""
