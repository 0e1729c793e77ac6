"""class: 12
tries: hang in C, where no Python signal handler runs
outcome: timeout
message: No answer within 1.5 s
"""

import re


def sigmoid(x):
    return re.match(r"(a|a)*$", "a" * 60 + "b")
