"""The stub is untouched.

cell: accuracy
mistake: none
stub: accuracy
message: not written yet
"""

