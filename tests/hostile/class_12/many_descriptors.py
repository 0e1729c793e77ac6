"""class: 12
tries: open files until there are no descriptors left
outcome: crashed
message: 256 files open
"""

KEPT = []


def sigmoid(x):
    while True:
        KEPT.append(open("/dev/null"))
