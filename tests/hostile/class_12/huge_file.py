"""class: 12
tries: one file over the limit
outcome: crashed
message: 8 MiB
"""

def sigmoid(x):
    with open("big", "wb") as file:
        for _ in range(100):
            file.write(bytes(2**20))
    return 0.0
