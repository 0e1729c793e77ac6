"""class: 12
tries: recurse until the C stack overflows
outcome: crashed
message: SIGSEGV
"""

import sys

sys.setrecursionlimit(10**9)


class Endless:
    def __repr__(self):
        return repr(self)


def sigmoid(x):
    return repr(Endless())
