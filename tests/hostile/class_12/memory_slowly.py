"""class: 12
tries: take memory bit by bit and keep it in a global
outcome: memory
message: 0.5 GiB
"""

KEPT = []


def sigmoid(x):
    while True:
        KEPT.append(bytearray(2**22))
