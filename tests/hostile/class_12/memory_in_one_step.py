"""class: 12
tries: ask for 100 GiB at once
outcome: memory
message: 0.5 GiB
"""

def sigmoid(x):
    return len(bytearray(100 * 2**30))
