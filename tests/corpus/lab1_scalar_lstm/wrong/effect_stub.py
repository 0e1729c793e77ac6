"""The exercise was not written.

stub: forget_gate_effect
cell: forget_gate_effect
mistake: none
message: not written yet
"""
