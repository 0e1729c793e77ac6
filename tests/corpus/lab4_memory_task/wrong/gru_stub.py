"""The stub is untouched.

cell: GRUClassifier
mistake: none
stub: GRUClassifier
message: not written yet
"""

