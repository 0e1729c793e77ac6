"""class: 3
tries: stop the clocks, so that no time limit is ever reached
outcome: timeout
message: 1.5 s
"""

import time

time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0


def sigmoid(x):
    while True:
        time.time()
