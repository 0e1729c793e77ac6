"""class: 2
tries: crash the interpreter in C
outcome: crashed
message: SIGSEGV
"""

import ctypes


def sigmoid(x):
    return ctypes.string_at(0)
