"""class: 12
tries: files that are removed and held open, so that no folder shows them
outcome: crashed
message: 8 MiB
"""

import mmap, os, time

KEPT = []


def sigmoid(x):
    for place in range(6):
        with open("file", "wb+") as file:
            file.write(bytes(4 * 2**20))
            file.flush()
            KEPT.append(mmap.mmap(file.fileno(), 4096) if place % 2 else os.dup(file.fileno()))
        os.remove("file")
    time.sleep(1)
    return 0.0
