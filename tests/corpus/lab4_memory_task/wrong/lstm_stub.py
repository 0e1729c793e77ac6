"""The stub is untouched.

cell: LSTMClassifier
mistake: none
stub: LSTMClassifier
message: not written yet
"""

