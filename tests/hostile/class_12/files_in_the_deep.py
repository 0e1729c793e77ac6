"""class: 12
tries: files below paths too long to be looked into
outcome: crashed
message: 1,000 files
"""

import os, time


def sigmoid(x):
    for _ in range(20):
        os.mkdir("d" * 250)
        os.chdir("d" * 250)
    for place in range(9):
        with open(str(place), "wb") as file:
            file.write(bytes(2**20))
    time.sleep(1)
    return 0.0
