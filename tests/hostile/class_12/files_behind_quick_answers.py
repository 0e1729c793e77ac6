"""class: 12
tries: a thread fills the folder while every call is answered at once
outcome: crashed
message: 8 MiB
"""

import math, threading, time


def fill():
    for place in range(8):
        with open(f"file{place}", "wb") as file:
            file.write(bytes(4 * 2**20))


def sigmoid(x):
    if threading.active_count() == 1:
        threading.Thread(target=fill, daemon=True).start()
    time.sleep(0.1)
    return 1 / (1 + math.exp(-x))
