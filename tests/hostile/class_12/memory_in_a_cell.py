"""class: 12
tries: take the memory while the cell is run
outcome: failed
"""

BIG = bytearray(100 * 2**30)


def sigmoid(x):
    return BIG[0]
