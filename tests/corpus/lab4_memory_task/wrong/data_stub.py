"""The stub is untouched.

cell: build_dataset
mistake: none
stub: build_dataset
message: not written yet
"""

