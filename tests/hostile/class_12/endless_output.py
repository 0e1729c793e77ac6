"""class: 12
tries: print without end
outcome: timeout
message: No answer within 1.5 s
"""

import sys


def sigmoid(x):
    while True:
        print("x" * 1000)
        sys.stderr.write("y" * 1000)
