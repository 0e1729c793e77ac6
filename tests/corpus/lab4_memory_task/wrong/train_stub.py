"""The stub is untouched.

cell: train
mistake: none
stub: train
message: not written yet
"""

